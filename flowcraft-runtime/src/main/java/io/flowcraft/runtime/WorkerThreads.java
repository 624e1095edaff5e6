package io.flowcraft.runtime;

import io.flowcraft.error.ErrorCode;
import io.flowcraft.error.FlowcraftException;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** The threads that user code runs on: virtual ones from JDK 21 on, a bounded pool before. */
final class WorkerThreads implements AutoCloseable {

  static final String PROPERTY = "flowcraft.worker.threads";
  private static final long IDLE_SECONDS = 30;
  private static final int ASIDE = 2;

  private final ExecutorService executor;

  private WorkerThreads(ExecutorService executor) {
    this.executor = executor;
  }

  /**
   * Threads as configured.
   *
   * @param wanted the size of the pool; null for virtual threads, or a default size without them
   */
  static WorkerThreads start(@Nullable String wanted) {
    ExecutorService virtual = wanted == null ? virtualThreads() : null;
    return new WorkerThreads(virtual == null ? pool(size(wanted), "flowcraft-worker-") : virtual);
  }

  /** A few threads for the engine alone: what all the others may be waiting for is done there. */
  static WorkerThreads aside() {
    return new WorkerThreads(pool(ASIDE, "flowcraft-aside-"));
  }

  /** The size of the pool, if there is one. */
  static int size(@Nullable String wanted) {
    if (wanted == null) {
      return Math.max(16, 4 * Runtime.getRuntime().availableProcessors());
    }
    try {
      int size = Integer.parseInt(wanted);
      if (size >= 1 && size <= 10_000) {
        return size;
      }
    } catch (NumberFormatException e) {
      throw invalid(wanted);
    }
    throw invalid(wanted);
  }

  private static FlowcraftException invalid(String wanted) {
    return new FlowcraftException(
        ErrorCode.CONFIG_INVALID,
        PROPERTY
            + " is \""
            + wanted
            + "\"; expected: a number from 1 to 10000, or nothing for virtual threads.");
  }

  private static @Nullable ExecutorService virtualThreads() {
    try {
      MethodHandle factory =
          MethodHandles.publicLookup()
              .findStatic(
                  Executors.class,
                  "newVirtualThreadPerTaskExecutor",
                  MethodType.methodType(ExecutorService.class));
      return (ExecutorService) factory.invoke();
    } catch (NoSuchMethodException | IllegalAccessException e) {
      return null;
    } catch (Throwable e) {
      throw new FlowcraftException(ErrorCode.BUG, "Virtual threads could not be started.", e);
    }
  }

  /** One queue for all threads: who came first runs first, whatever the others have to do. */
  private static ExecutorService pool(int size, String name) {
    ThreadPoolExecutor pool =
        new ThreadPoolExecutor(
            size, size, IDLE_SECONDS, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), named(name));
    pool.allowCoreThreadTimeOut(true);
    return pool;
  }

  /** Daemons, as virtual threads are: a program that ends need not close its runtime first. */
  private static ThreadFactory named(String name) {
    AtomicInteger count = new AtomicInteger();
    return task -> {
      Thread thread = new Thread(task, name + count.incrementAndGet());
      thread.setDaemon(true);
      return thread;
    };
  }

  ExecutorService executor() {
    return executor;
  }

  @Override
  public void close() {
    executor.shutdown();
  }
}
