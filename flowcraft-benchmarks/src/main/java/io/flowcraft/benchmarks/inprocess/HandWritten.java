package io.flowcraft.benchmarks.inprocess;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** The graphs as one would write them without a library: futures, each step a task of a pool. */
final class HandWritten implements Contestant {

  private static final Object NOTHING = new Object();

  private final Workload workload;
  private final List<Integer> items;
  private final ExecutorService pool;

  HandWritten(Workload workload, int threads) {
    this.workload = workload;
    this.items = Items.of(workload);
    this.pool = Executors.newFixedThreadPool(threads);
  }

  @Override
  public void run(int number) {
    start(number).join();
  }

  @Override
  public CompletableFuture<?> start(int number) {
    return switch (workload.shape()) {
      case CHAIN -> chain();
      case FAN -> fan();
      case BATCH -> batch();
    };
  }

  private CompletableFuture<Object> chain() {
    CompletableFuture<Object> last = CompletableFuture.supplyAsync(() -> NOTHING, pool);
    for (int i = 1; i < workload.size(); i++) {
      last = last.thenApplyAsync(value -> value, pool);
    }
    return last;
  }

  private CompletableFuture<Object> fan() {
    CompletableFuture<Object> source = CompletableFuture.supplyAsync(() -> NOTHING, pool);
    CompletableFuture<?>[] branches = new CompletableFuture<?>[workload.size()];
    for (int i = 0; i < branches.length; i++) {
      branches[i] = source.thenApplyAsync(value -> value, pool);
    }
    return CompletableFuture.allOf(branches).thenApplyAsync(done -> NOTHING, pool);
  }

  private CompletableFuture<List<Integer>> batch() {
    return CompletableFuture.supplyAsync(() -> items, pool).thenComposeAsync(this::each, pool);
  }

  private CompletableFuture<List<Integer>> each(List<Integer> scattered) {
    List<CompletableFuture<Integer>> workers = new ArrayList<>(scattered.size());
    for (Integer item : scattered) {
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
  public void tidy() {
    // futures are garbage when nobody has them
  }

  @Override
  public void close() {
    pool.shutdown();
  }
}
