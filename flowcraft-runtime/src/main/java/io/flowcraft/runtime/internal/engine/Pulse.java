package io.flowcraft.runtime.internal.engine;

import io.flowcraft.runtime.internal.engine.RunFrame.Stop;
import io.flowcraft.spi.Delivery;
import io.flowcraft.spi.RunRecord;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a process does for the runs that it knows, with each tick: it shows that its long executions
 * live, learns that a run is to stop, and learns that a run has ended elsewhere.
 */
final class Pulse {

  private static final Logger log = LoggerFactory.getLogger(Pulse.class);

  private static final Duration STOP_KEPT = Duration.ofHours(1);

  private final Engine engine;
  private final Services services;
  private final Pace pace;

  Pulse(Engine engine, Pace pace) {
    this.engine = engine;
    this.services = engine.services();
    this.pace = pace;
  }

  /** The key of the lease of an instance. */
  static String lease(String runId, String instance) {
    return "lease/" + runId + "/" + instance;
  }

  private static String stopped(String runId) {
    return "stop/" + runId;
  }

  /** Tells whoever executes nodes of a run that it is to stop. */
  CompletionStage<Boolean> tell(String runId, String reason) {
    return services.coordination().setIfAbsent(stopped(runId), reason, STOP_KEPT);
  }

  void tick() {
    for (RunFrame frame : List.copyOf(engine.frames().values())) {
      List<Strand> strands = frame.strands().list();
      if (strands.isEmpty()) {
        lookForEnd(frame);
      } else if (showLife(frame, strands)) {
        lookForStop(frame);
      }
    }
  }

  /** Renews the leases of long executions; whether anything has run for a tick. */
  private boolean showLife(RunFrame frame, List<Strand> strands) {
    long now = services.time().millis();
    boolean slow = false;
    for (Strand strand : strands) {
      long age = now - strand.startedAtMillis();
      slow |= age >= pace.tick().toMillis();
      boolean isLong = age >= pace.leaseAfter().toMillis();
      if (!isLong || strand.isExecuting()) {
        // Many short nodes in a row take long, too.
        extend(strand, now);
      }
      if (isLong && strand.isExecuting()) {
        renew(frame, strand);
      }
    }
    return slow;
  }

  private void extend(Strand strand, long now) {
    Delivery delivery = strand.delivery();
    if (delivery != null && now - strand.beganAtMillis() >= pace.leaseAfter().toMillis()) {
      delivery.extend();
    }
  }

  private void renew(RunFrame frame, Strand strand) {
    String key = lease(frame.runId(), strand.instance().key());
    CompletionStage<Boolean> renewed =
        services
            .coordination()
            .setIfAbsent(key, engine.name(), pace.leaseTime())
            .thenCompose(taken -> services.coordination().extendTtl(key, pace.leaseTime()));
    Stages.logFailure(renewed, "A lease could not be renewed.");
  }

  private void lookForStop(RunFrame frame) {
    if (frame.stop() != null) {
      return;
    }
    Stages.whenDone(
        services.coordination().get(stopped(frame.runId())),
        (reason, error) -> {
          if (reason != null) {
            engine.perform(() -> engine.lifecycle().stop(frame, Stop.CANCELLED, reason));
          }
        });
  }

  /** Somebody has forgotten a run, as it has ended: whoever waits for it here is told now. */
  void forgotten(String runId) {
    RunFrame frame = engine.frames().get(runId);
    if (frame != null && frame.strands().isEmpty()) {
      lookForEnd(frame);
    }
  }

  /** Somebody here waits for a run that nobody here works on. */
  private void lookForEnd(RunFrame frame) {
    Stages.whenDone(
        services.store().find(frame.runId()),
        (stored, error) -> {
          if (stored != null) {
            services.executor().execute(() -> looked(frame, stored));
          }
        });
  }

  private void looked(RunFrame frame, Optional<RunRecord> stored) {
    try {
      if (stored.isEmpty() || stored.get().status().isFinal()) {
        engine.endings().endedElsewhere(frame, stored);
      } else {
        engine.lifecycle().seen(frame, stored.get());
      }
    } catch (BackendFailure e) {
      log.warn("Run {} could not be looked at; the next tick looks again.", frame.runId(), e);
    }
  }
}
