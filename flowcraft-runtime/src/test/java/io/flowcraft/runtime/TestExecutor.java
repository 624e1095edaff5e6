package io.flowcraft.runtime;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.Executor;

/** Runs nothing by itself: tasks wait, first in, first out, until the test drains them. */
final class TestExecutor implements Executor {

  private static final int MANY = 20_000_000;

  private final Deque<Runnable> tasks = new ArrayDeque<>();

  @Override
  public synchronized void execute(Runnable task) {
    tasks.add(task);
  }

  private synchronized Runnable poll() {
    return tasks.poll();
  }

  /** Runs one task; whether there was one. */
  boolean step() {
    Runnable task = poll();
    if (task != null) {
      task.run();
    }
    return task != null;
  }

  /** Runs tasks until none is left. */
  void drain() {
    int count = 0;
    while (step()) {
      if (++count > MANY) {
        throw new IllegalStateException("The tasks don't come to an end.");
      }
    }
  }
}
