package io.flowcraft.testkit.simulation;

import io.flowcraft.run.NodeStatus;
import io.flowcraft.run.RunStatus;
import io.flowcraft.spi.Job;
import io.flowcraft.spi.Outcome;
import io.flowcraft.spi.RunRecord;
import io.flowcraft.spi.RunState;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * What must hold as long as nothing has gone wrong. Later on there may be good reasons for the
 * opposite, and what is broken is mended in time; who does such things without a reason costs
 * everybody that time.
 */
final class CalmRules implements Broker.Watcher {

  private final Faults faults;
  private final ObservedStore store;
  private final boolean repairs;
  private final Consumer<Breach> breaches;
  private boolean disturbed;

  /**
   * Rules.
   *
   * @param repairs whether somebody sets ended runs going again
   * @param breaches is told of each breach
   */
  CalmRules(Faults faults, ObservedStore store, boolean repairs, Consumer<Breach> breaches) {
    this.faults = faults;
    this.store = store;
    this.repairs = repairs;
    this.breaches = breaches;
  }

  private boolean isCalm() {
    return faults.injected().isEmpty() && !repairs && !disturbed;
  }

  @Override
  public void givenUp() {
    disturbed = true;
  }

  @Override
  public void acknowledged(Job job) {
    if (!isCalm()) {
      return;
    }
    RunRecord run = store.run(job.runId());
    if (run != null && run.epoch() == job.epoch() && isToGoOn(run) && !isStored(job)) {
      breaches.accept(
          new Breach(
              "I6 a job is kept until what came of it is stored",
              job.instance() + " of " + job.runId() + " is acknowledged, and nothing is stored"));
    }
  }

  /** Whoever stops a run begins another epoch, so that nobody else goes on with it. */
  private static boolean isToGoOn(RunRecord run) {
    return run.deadlineMillis() == null
        && (run.status() == RunStatus.RUNNING || run.status() == RunStatus.AWAITING);
  }

  /** A failure may be the reason to give everything else up. */
  private boolean isStored(Job job) {
    Map<String, Outcome> outcomes = store.everything(job.runId()).outcomes();
    return outcomes.containsKey(job.instance())
        || outcomes.values().stream().anyMatch(o -> o.status() == NodeStatus.FAILED);
  }

  /** An epoch of a run has been opened, and what was known of the run before. */
  void opened(Optional<RunState> before, RunState now) {
    if (!isCalm() || before.isEmpty() || before.get().epoch() >= now.epoch()) {
      return;
    }
    RunRecord run = store.run(now.runId());
    if (run != null && isToGoOn(run)) {
      breaches.accept(
          new Breach(
              "nobody takes over what is alive",
              now.runId() + " was at work in epoch " + before.get().epoch()));
    }
  }
}
