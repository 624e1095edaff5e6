package io.flowcraft.testkit.golden;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Takes the steps of a case. */
final class CaseRunner {

  private final GoldenCase golden;
  private final StepBench bench;

  CaseRunner(GoldenCase golden, Schedule schedule) {
    this.golden = golden;
    this.bench = new StepBench(schedule);
  }

  /** What each step led to. */
  List<StepOutcome> run() {
    List<StepOutcome> outcomes = new ArrayList<>();
    Session session = new Session(golden, bench);
    for (GoldenStep step : golden.steps()) {
      if (step.resume() && step.from() >= 0) {
        session = replay(step.from());
      }
      outcomes.add(session.perform(step));
    }
    return outcomes;
  }

  /**
   * The situation after a step: a store can't be set back, so the steps up to it are taken again.
   * Nodes that count their attempts count the repetition for themselves.
   */
  private Session replay(int last) {
    Map<String, Integer> attempts = bench.attempts();
    bench.resetAttempts(Map.of());
    Session session = new Session(golden, bench);
    lineage(last).forEach(session::perform);
    bench.resetAttempts(attempts);
    return session;
  }

  /** The steps that led to the situation after a step, that step included. */
  private List<GoldenStep> lineage(int last) {
    GoldenStep step = golden.steps().get(last);
    List<GoldenStep> steps = new ArrayList<>();
    if (step.resume()) {
      steps.addAll(lineage(step.from() >= 0 ? step.from() : last - 1));
    }
    steps.add(step);
    return steps;
  }
}
