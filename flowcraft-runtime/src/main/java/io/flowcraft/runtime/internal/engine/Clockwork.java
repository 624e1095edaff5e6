package io.flowcraft.runtime.internal.engine;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Ticks: has the pulse and the sweeper do their work, one after the other, until it is stopped. */
final class Clockwork {

  private static final Logger log = LoggerFactory.getLogger(Clockwork.class);

  private final Services services;
  private final Pace pace;
  private final Pulse pulse;
  private final Sweeper sweeper;
  private volatile boolean stopped;
  private volatile boolean sweeping;

  Clockwork(Services services, Pace pace, Pulse pulse, Sweeper sweeper) {
    this.services = services;
    this.pace = pace;
    this.pulse = pulse;
    this.sweeper = sweeper;
  }

  void start() {
    services.time().schedule(pace.tick(), this::tick);
  }

  void stop() {
    stopped = true;
  }

  private void tick() {
    if (stopped) {
      return;
    }
    services.executor().execute(() -> guarded(pulse::tick));
    if (!sweeping) {
      sweeping = true;
      services.executor().execute(this::sweep);
    }
    start();
  }

  private void sweep() {
    guarded(sweeper::tick);
    sweeping = false;
  }

  private static void guarded(Runnable action) {
    try {
      action.run();
    } catch (RuntimeException e) {
      log.warn("Looking after the runs failed; it will be tried again with the next tick.", e);
    }
  }
}
