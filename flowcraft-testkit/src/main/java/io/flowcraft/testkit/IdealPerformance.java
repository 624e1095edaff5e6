package io.flowcraft.testkit;

import io.flowcraft.testkit.Performance.Difference;
import io.flowcraft.testkit.simulation.RehearsalPlan;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import org.assertj.core.api.Fail;
import org.jspecify.annotations.Nullable;

/**
 * A test without any fault: how it should go. It is played twice, as a test that goes another way
 * each time says nothing about faults.
 */
final class IdealPerformance {

  private static final int TIMES = 2;

  private int played;
  private @Nullable Performance first;
  private boolean usable = true;

  /** The next repetition without a fault; null if that was all. */
  @Nullable Repetition next() {
    if (!usable || played == TIMES) {
      return null;
    }
    played++;
    return played == 1
        ? new Repetition("without a fault", RehearsalPlan.ideal(), this::judgeFirst)
        : new Repetition("without a fault, again", RehearsalPlan.ideal(), this::judgeSecond);
  }

  /** Whether others can be compared with it. */
  boolean isUsable() {
    return usable && first != null;
  }

  Performance get() {
    return Objects.requireNonNull(first, "the performance without a fault");
  }

  private void judgeFirst(Performance performance) throws Throwable {
    usable = false;
    if (performance.failure() != null) {
      throw performance.failure();
    }
    if (performance.rehearsed().effects().isEmpty()) {
      Fail.fail(
          "The test has started no run. Let it take a FlowTester as a parameter, and start runs"
              + " with that one.");
    }
    first = performance;
    usable = true;
  }

  private void judgeSecond(Performance performance) throws Throwable {
    List<Difference> differences = performance.differences(get());
    usable = differences.isEmpty() && performance.failure() == null;
    if (performance.failure() != null) {
      throw performance.failure();
    }
    if (!differences.isEmpty()) {
      Fail.fail(
          "The test takes another course each time, without any fault, so that nothing can be"
              + " learned from comparing:\n"
              + differences.stream()
                  .map(difference -> "  - " + difference + "\n")
                  .collect(Collectors.joining())
              + "Does a node use random numbers or the time of day, or is there something static"
              + " that remembers the time before?");
    }
  }
}
