package io.flowcraft.testkit.golden;

import io.flowcraft.spi.TimeSource;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** Lets nodes of a fleet take their time; it is always the same hour, as in the recordings. */
final class FleetTime implements TimeSource {

  @Override
  public Instant now() {
    return Engine.NOW;
  }

  @Override
  public Timer schedule(Duration delay, Runnable task) {
    CompletableFuture<Void> later =
        CompletableFuture.runAsync(
            task, CompletableFuture.delayedExecutor(delay.toMillis(), TimeUnit.MILLISECONDS));
    return () -> later.cancel(false);
  }
}
