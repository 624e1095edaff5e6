package io.flowcraft.state.cassandra;

import io.flowcraft.spi.TimeSource;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Many stages as one, with a bound on how many are under way. */
final class Async {

  static final CompletionStage<Void> DONE = CompletableFuture.completedFuture(null);

  private Async() {}

  static <T> CompletionStage<T> of(T value) {
    return CompletableFuture.completedFuture(value);
  }

  /** Completes after a while. */
  static CompletionStage<Void> later(TimeSource time, Duration delay) {
    CompletableFuture<Void> later = new CompletableFuture<>();
    time.schedule(delay, () -> later.complete(null));
    return later;
  }

  /** Does something with every item, so many at a time; the results in no order. */
  static <T, R> CompletionStage<List<R>> each(
      Iterable<T> items, int atATime, Function<T, CompletionStage<R>> action) {
    Work<T, R> work = new Work<>(items.iterator(), action);
    for (int i = 0; i < atATime; i++) {
      work.next();
    }
    work.lanesStarted();
    return work.done;
  }

  /** Does something with every item, so many at a time, where no result matters. */
  static <T> CompletionStage<Void> every(
      Iterable<T> items, int atATime, Function<T, CompletionStage<?>> action) {
    return each(items, atATime, item -> action.apply(item).thenApply(done -> Boolean.TRUE))
        .thenAccept(done -> {});
  }

  /** Items on their way through an action. */
  private static final class Work<T, R> {

    private final Iterator<T> items;
    private final Function<T, CompletionStage<R>> action;
    private final List<R> results = Collections.synchronizedList(new ArrayList<>());
    private final CompletableFuture<List<R>> done = new CompletableFuture<>();
    private int underWay = 1;

    Work(Iterator<T> items, Function<T, CompletionStage<R>> action) {
      this.items = items;
      this.action = action;
    }

    /** Takes items until one does not answer at once: no recursion, however many there are. */
    void next() {
      boolean again = true;
      while (again) {
        T item;
        synchronized (this) {
          if (done.isCompletedExceptionally() || !items.hasNext()) {
            return;
          }
          item = items.next();
          underWay++;
        }
        again = start(item);
      }
    }

    /** Whether the answer was there at once; otherwise its arrival takes the next item. */
    private boolean start(T item) {
      AtomicBoolean first = new AtomicBoolean();
      CompletionStage<R> stage;
      try {
        stage = action.apply(item);
      } catch (RuntimeException e) {
        stage = CompletableFuture.failedFuture(e);
      }
      stage.whenComplete(
          (result, error) -> {
            answered(result, error);
            if (!first.compareAndSet(false, true)) {
              next();
            }
          });
      // If the answer came first, the caller's loop goes on.
      return !first.compareAndSet(false, true);
    }

    private void answered(@Nullable R result, @Nullable Throwable error) {
      if (error != null) {
        done.completeExceptionally(error);
      } else if (result != null) {
        results.add(result);
      }
      lanesStarted();
    }

    void lanesStarted() {
      boolean last;
      synchronized (this) {
        last = --underWay == 0 && !items.hasNext();
      }
      if (last) {
        done.complete(List.copyOf(results));
      }
    }
  }
}
