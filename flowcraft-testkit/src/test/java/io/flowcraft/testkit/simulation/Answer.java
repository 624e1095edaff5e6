package io.flowcraft.testkit.simulation;

import java.time.Instant;
import java.util.concurrent.CompletableFuture;

/** The answer to a call over the network. Who waits for it lets the world go on meanwhile. */
final class Answer<T> extends CompletableFuture<T> {

  private final World world;

  Answer(World world) {
    this.world = world;
  }

  @Override
  public <U> CompletableFuture<U> newIncompleteFuture() {
    return new Answer<>(world);
  }

  @Override
  public T join() {
    while (!isDone()) {
      if (!world.step(Instant.MAX)) {
        throw new IllegalStateException("Somebody waits for an answer that can't come.");
      }
    }
    return super.join();
  }
}
