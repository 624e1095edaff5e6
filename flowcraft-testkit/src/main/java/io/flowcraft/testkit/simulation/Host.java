package io.flowcraft.testkit.simulation;

import io.flowcraft.spi.TimeSource;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;

/** A process: its threads, its clock, and whether it lives. */
final class Host implements Executor, TimeSource {

  private final String name;
  private final World world;
  private final Duration skew;
  private final List<Runnable> held = new ArrayList<>();
  private int waiting;
  private boolean killed;
  private boolean paused;

  /**
   * A process.
   *
   * @param skew how far ahead its clock is
   */
  Host(String name, World world, Duration skew) {
    this.name = name;
    this.world = world;
    this.skew = skew;
  }

  String name() {
    return name;
  }

  World world() {
    return world;
  }

  boolean isAlive() {
    return !killed && !world.isOver();
  }

  boolean isPaused() {
    return paused;
  }

  /** Whether a thread of it waits. */
  boolean isWaiting() {
    return waiting > 0;
  }

  @Override
  public void execute(Runnable task) {
    if (!isAlive()) {
      return;
    }
    if (paused) {
      held.add(task);
    } else {
      world.ready(this, task);
    }
  }

  @Override
  public Instant now() {
    return world.now().plus(skew);
  }

  @Override
  public Timer schedule(Duration delay, Runnable task) {
    if (!isAlive()) {
      return () -> {};
    }
    World.Alarm alarm = world.after(delay, () -> execute(task));
    return alarm::cancel;
  }

  /** Nothing of it happens any more. */
  void kill() {
    killed = true;
    held.clear();
    world.takeFrom(this);
  }

  /** What it is about to do waits, and so does whatever reaches it. */
  void pause() {
    paused = true;
    held.addAll(world.takeFrom(this));
  }

  /** It goes on where it was. */
  void resume() {
    paused = false;
    List<Runnable> waiting = List.copyOf(held);
    held.clear();
    waiting.forEach(this::execute);
  }

  /** Stops whoever acts for a process that is dead. */
  void requireAlive() {
    if (!isAlive()) {
      throw ProcessDeath.INSTANCE;
    }
  }

  /** Lets the world go on until something is done that a thread of this process waits for. */
  void await(CompletableFuture<?> awaited) {
    if (paused || !awaited.isDone()) {
      waiting++;
      try {
        world.waitWhile(() -> isAlive() && (paused || !awaited.isDone()));
      } finally {
        waiting--;
      }
    }
    requireAlive();
  }
}
