package io.flowcraft.testkit.golden;

import java.util.ArrayList;
import java.util.List;

/** Runs a case and compares each step. */
record CaseCheck(GoldenCase golden) implements GoldenCheck {

  @Override
  public String name() {
    return golden.name();
  }

  @Override
  public boolean isMarked() {
    return !golden.quirkIds().isEmpty();
  }

  @Override
  public GoldenResult check() {
    List<String> found = differences(Schedule.EAGER);
    // What is right under one schedule that the engine may follow, is right.
    if (found.isEmpty() || differences(Schedule.ROUNDS).isEmpty()) {
      return new GoldenResult(name(), isMarked(), List.of());
    }
    if (isMarked()) {
      return new GoldenResult(name(), true, found);
    }
    if (StalledJoins.in(golden)) {
      found.add(0, "shows quirk Q04 without being marked with it");
      return new GoldenResult(name(), true, found);
    }
    if (needsBarrier()) {
      found.add(0, "needs the barrier: equal as soon as ours is made to keep it");
      return new GoldenResult(name(), true, found);
    }
    return new GoldenResult(name(), false, found);
  }

  private boolean needsBarrier() {
    return differences(Schedule.BARRIER).isEmpty()
        || (new HeldBack(golden).isRecorded() && differsOnlyInSteps());
  }

  private boolean differsOnlyInSteps() {
    List<StepOutcome> outcomes = new CaseRunner(golden, Schedule.ROUNDS).run();
    return new StepComparison(golden, Schedule.BARRIER)
        .differencesOfWhole(golden.expected(), outcomes)
        .isEmpty();
  }

  private List<String> differences(Schedule schedule) {
    List<StepOutcome> outcomes = new CaseRunner(golden, schedule).run();
    StepComparison comparison = new StepComparison(golden, schedule);
    List<String> found = new ArrayList<>();
    for (int i = 0; i < outcomes.size(); i++) {
      String step = "step " + i + ": ";
      comparison
          .differences(golden.expected().get(i), outcomes.get(i))
          .forEach(difference -> found.add(step + difference));
    }
    return found;
  }
}
