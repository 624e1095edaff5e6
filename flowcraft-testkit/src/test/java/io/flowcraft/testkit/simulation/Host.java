package io.flowcraft.testkit.simulation;

import io.flowcraft.spi.TimeSource;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Executor;

/** A process: its threads and its clock. When it is dead, nothing happens in it any more. */
final class Host implements Executor, TimeSource {

  private final World world;
  private final String name;
  private boolean alive = true;

  Host(World world, String name) {
    this.world = world;
    this.name = name;
  }

  String name() {
    return name;
  }

  boolean isAlive() {
    return alive;
  }

  void die() {
    alive = false;
  }

  @Override
  public void execute(Runnable task) {
    world.ready(this, task);
  }

  @Override
  public Instant now() {
    return world.now();
  }

  @Override
  public Timer schedule(Duration delay, Runnable task) {
    World.Alarm alarm = world.at(world.now().plus(delay), this, task);
    return alarm::cancel;
  }
}
