package io.flowcraft.benchmarks.inprocess;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Supplier;

/** The graphs as one would write them without a library: futures, each step a task of a pool. */
final class HandWritten implements Contestant {

  private static final Object NOTHING = new Object();

  private final ExecutorService pool;

  HandWritten(int threads) {
    this.pool = Executors.newFixedThreadPool(threads);
  }

  @Override
  public Graph graph(Workload workload, int capacity) {
    int size = workload.size();
    List<Integer> items = workload.items();
    return switch (workload.shape()) {
      case CHAIN -> new Futures(() -> chain(pool, size));
      case FAN -> new Futures(() -> fan(pool, size));
      case BATCH -> new Futures(() -> batch(pool, items));
    };
  }

  private static CompletableFuture<Object> chain(Executor pool, int size) {
    CompletableFuture<Object> last = CompletableFuture.supplyAsync(() -> NOTHING, pool);
    for (int i = 1; i < size; i++) {
      last = last.thenApplyAsync(value -> value, pool);
    }
    return last;
  }

  private static CompletableFuture<Object> fan(Executor pool, int size) {
    CompletableFuture<Object> source = CompletableFuture.supplyAsync(() -> NOTHING, pool);
    CompletableFuture<?>[] branches = new CompletableFuture<?>[size];
    for (int i = 0; i < size; i++) {
      branches[i] = source.thenApplyAsync(value -> value, pool);
    }
    return CompletableFuture.allOf(branches).thenApplyAsync(done -> NOTHING, pool);
  }

  private static CompletableFuture<List<Integer>> batch(Executor pool, List<Integer> items) {
    return CompletableFuture.supplyAsync(() -> items, pool)
        .thenComposeAsync(scattered -> each(pool, scattered), pool);
  }

  private static CompletableFuture<List<Integer>> each(Executor pool, List<Integer> items) {
    List<CompletableFuture<Integer>> workers = new ArrayList<>(items.size());
    for (Integer item : items) {
      workers.add(CompletableFuture.supplyAsync(() -> item, pool));
    }
    return CompletableFuture.allOf(workers.toArray(CompletableFuture[]::new))
        .thenApplyAsync(done -> gather(workers), pool);
  }

  private static List<Integer> gather(List<CompletableFuture<Integer>> workers) {
    List<Integer> results = new ArrayList<>(workers.size());
    for (CompletableFuture<Integer> worker : workers) {
      results.add(worker.join());
    }
    return results;
  }

  @Override
  public void close() {
    pool.shutdown();
  }

  /** Futures are garbage when nobody has them. */
  private record Futures(Supplier<CompletableFuture<?>> starter) implements Graph {

    @Override
    public void run(int number) {
      start(number).join();
    }

    @Override
    public CompletableFuture<?> start(int number) {
      return starter.get();
    }

    @Override
    public void tidy() {}
  }
}
