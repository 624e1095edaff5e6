package io.flowcraft.testkit;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Objects;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * An executor that runs nothing by itself: tasks wait, first in, first out, until a test runs them
 * on its own thread. Tasks may be handed in from any thread.
 */
public final class ManualExecutor implements Executor {

  /** How many tasks {@link #drain()} runs at most. */
  public static final int DEFAULT_LIMIT = 10_000_000;

  private final Deque<Runnable> tasks = new ArrayDeque<>();

  /** An executor without tasks. */
  public ManualExecutor() {}

  @Override
  public void execute(Runnable task) {
    Objects.requireNonNull(task, "task");
    synchronized (tasks) {
      tasks.add(task);
    }
  }

  /** How many tasks wait. */
  public int size() {
    synchronized (tasks) {
      return tasks.size();
    }
  }

  /**
   * Runs the task that has waited longest. An exception of the task is thrown to the caller.
   *
   * @return whether there was one
   */
  public boolean runNext() {
    Runnable task = poll();
    if (task == null) {
      return false;
    }
    task.run();
    return true;
  }

  /**
   * Runs tasks until none waits, including those that are handed in meanwhile.
   *
   * @return how many tasks were run
   */
  public int drain() {
    return drain(DEFAULT_LIMIT);
  }

  /**
   * Runs tasks until none waits, including those that are handed in meanwhile.
   *
   * @param limit how many tasks to run at most
   * @return how many tasks were run
   * @throws IllegalStateException if tasks still wait after so many
   */
  public int drain(int limit) {
    int count = 0;
    while (count < limit && runNext()) {
      count++;
    }
    int waiting = size();
    if (waiting > 0) {
      throw new IllegalStateException(
          "ManualExecutor ran "
              + count
              + " tasks and "
              + waiting
              + " still wait; expected: an end. Something hands itself in again and again, or the"
              + " limit of "
              + limit
              + " is too low.");
    }
    return count;
  }

  private @Nullable Runnable poll() {
    synchronized (tasks) {
      return tasks.poll();
    }
  }
}
