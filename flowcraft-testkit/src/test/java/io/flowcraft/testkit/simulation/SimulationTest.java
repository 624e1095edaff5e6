package io.flowcraft.testkit.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import io.flowcraft.run.RunStatus;
import io.flowcraft.testkit.simulation.Workloads.Workload;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** The same run, in many orders of everything that happens. */
class SimulationTest {

  private static final int SEEDS = Integer.getInteger("flowcraft.simulation.seeds", 200);

  @TestFactory
  Stream<DynamicTest> oneProcess() {
    return each(1, 0);
  }

  @TestFactory
  Stream<DynamicTest> oneProcessAndRecordsThatComeTwice() {
    return each(1, 0.5);
  }

  @TestFactory
  Stream<DynamicTest> threeProcesses() {
    return each(3, 0);
  }

  @TestFactory
  Stream<DynamicTest> threeProcessesAndRecordsThatComeTwice() {
    return each(3, 0.5);
  }

  private static Stream<DynamicTest> each(int processes, double duplicates) {
    return (processes == 1 ? Workloads.all() : Workloads.spread())
        .map(
            workload ->
                DynamicTest.dynamicTest(
                    workload.name(), () -> compare(workload, processes, duplicates)));
  }

  private static void compare(Workload workload, int processes, double duplicates) {
    String expected = run(workload, 1, 0, 0);
    assertThat(expected).startsWith(RunStatus.COMPLETED.name());
    for (long seed = 1; seed <= SEEDS; seed++) {
      assertThat(run(workload, processes, duplicates, seed))
          .as("seed %d", seed)
          .isEqualTo(expected);
    }
  }

  /** The end of a run. */
  private static String run(Workload workload, int processes, double duplicates, long seed) {
    Fleet fleet = new Fleet(new World(seed), duplicates);
    for (int i = 0; i < processes; i++) {
      fleet.join(workload.flows());
    }
    fleet.run(0, workload.flow());
    assertThat(fleet.broker().outstanding()).as("records that are left, seed %d", seed).isZero();
    assertThat(fleet.end()).as("at the end of the run, seed %d", seed).isEqualTo(fleet.describe());
    return fleet.describe();
  }
}
