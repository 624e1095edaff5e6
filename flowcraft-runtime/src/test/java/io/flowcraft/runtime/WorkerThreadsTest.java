package io.flowcraft.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

class WorkerThreadsTest {

  private static final int THREADS = 2;

  /** Keeps a thread busy with tasks that follow each other. */
  private record Chain(Executor executor, AtomicBoolean over) implements Runnable {
    @Override
    public void run() {
      if (!over.get()) {
        executor.execute(this);
      }
    }
  }

  @Test
  void whoComesFromOutsideGetsATurnWhileRunsKeepAllThreadsBusy() throws InterruptedException {
    AtomicBoolean over = new AtomicBoolean();
    CountDownLatch served = new CountDownLatch(1);
    try (WorkerThreads threads = WorkerThreads.start(Integer.toString(THREADS))) {
      Executor executor = threads.executor();
      for (int i = 0; i < 2 * THREADS; i++) {
        executor.execute(new Chain(executor, over));
      }
      executor.execute(served::countDown);

      boolean inTime = served.await(20, TimeUnit.SECONDS);
      over.set(true);

      assertThat(inTime).isTrue();
    }
  }
}
