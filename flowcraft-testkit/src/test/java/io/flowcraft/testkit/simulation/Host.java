package io.flowcraft.testkit.simulation;

import io.flowcraft.spi.TimeSource;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Executor;

/** A process: its threads and its clock. */
final class Host implements Executor, TimeSource {

  private final World world;

  Host(World world) {
    this.world = world;
  }

  @Override
  public void execute(Runnable task) {
    world.ready(task);
  }

  @Override
  public Instant now() {
    return world.now();
  }

  @Override
  public Timer schedule(Duration delay, Runnable task) {
    World.Alarm alarm = world.at(world.now().plus(delay), task);
    return alarm::cancel;
  }
}
