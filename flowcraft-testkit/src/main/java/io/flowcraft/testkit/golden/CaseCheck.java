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
  public boolean isQuirk() {
    return !golden.quirkIds().isEmpty() || StalledJoins.in(golden);
  }

  @Override
  public List<String> differences() {
    List<StepOutcome> outcomes = new CaseRunner(golden).run();
    StepComparison comparison = new StepComparison(golden);
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
