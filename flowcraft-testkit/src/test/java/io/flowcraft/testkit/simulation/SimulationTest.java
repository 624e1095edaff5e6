package io.flowcraft.testkit.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import io.flowcraft.flow.Flow;
import java.util.EnumSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SimulationTest {

  private static final Flow FLOW =
      Flow.named("pair").node("a", Nodes.OWN_ID).node("b", Nodes.ECHO).edge("a", "b").build();

  @Test
  void aSeedAlwaysGivesTheSameHistory() {
    for (Workload workload : Workloads.all()) {
      for (long seed = 1; seed <= 3; seed++) {
        assertThat(history(workload, seed)).isEqualTo(history(workload, seed));
      }
    }
  }

  private static String history(Workload workload, long seed) {
    History history =
        new History(workload, EnumSet.allOf(Fault.class), Choices.ofSeed(seed), Trace.on()).run(3);
    return HistoryText.of(history.trace().events());
  }

  @Test
  void theChoicesOfASeedGiveTheSameHistory() {
    Workload workload = Workloads.named("sub-wait");
    Set<Fault> faults = EnumSet.allOf(Fault.class);
    History seeded = new History(workload, faults, Choices.ofSeed(3), Trace.on()).run(3);
    History given = new History(workload, faults, Choices.of(seeded.made()), Trace.on()).run(3);

    assertThat(given.trace().events()).isEqualTo(seeded.trace().events());
  }

  @Test
  void thereAreFaultsOfEachKind() {
    SimulationReport report =
        Simulation.builder().workload(Workloads.named("fan")).seeds(1, 400).run();

    assertThat(report.faults()).containsOnlyKeys(EnumSet.allOf(Fault.class));
    assertThat(report.histories()).isEqualTo(400);
    assertThat(report.steps()).isGreaterThan(400);
  }

  @Test
  void thereAreOnlyTheFaultsThatAreWanted() {
    SimulationReport report =
        Simulation.builder()
            .workload(Workload.of(FLOW))
            .seeds(1, 100)
            .faults(EnumSet.of(Fault.RECORD_LOST))
            .run();

    assertThat(report.faults()).containsOnlyKeys(Fault.RECORD_LOST);
  }

  @Test
  void aViolationIsShownAsSimplyAsPossible() {
    // Nobody may be killed: with a fault that may well happen, that is broken soon.
    Workload workload =
        Workload.named("strange")
            .flow(
                Flow.named("strange")
                    .node("a", Nodes.EXECUTION)
                    .node("b", Nodes.ECHO)
                    .edge("a", "b")
                    .build())
            .expect(run -> Integer.valueOf(1).equals(run.output("b")))
            .build();
    SimulationReport report =
        Simulation.builder()
            .workload(workload)
            .seeds(1, 5_000)
            .faults(EnumSet.of(Fault.PROCESS_KILLED, Fault.CALL_SLOW))
            .run();

    assertThat(report.violations()).hasSize(1);
    Violation violation = report.violations().get(0);
    assertThat(violation.invariant()).isEqualTo("I11 the result is as expected");
    assertThat(violation.history()).contains(": start\n").contains("is killed");
    assertThat(violation.diagram())
        .startsWith("sequenceDiagram\n")
        .contains("participant store")
        .contains("client->>p")
        .contains("Note over p");
    assertThat(violation.command())
        .isEqualTo(
            "scripts/simulate --workload strange --from "
                + violation.seed()
                + " --seeds 1 --faults PROCESS_KILLED,CALL_SLOW");
    assertThat(report.toString()).contains("1 violations").contains(violation.history());
  }

  @Test
  void aWorkloadThatNeverEndsIsFound() {
    Workload workload =
        Workload.named("forgotten")
            .flow(Flow.named("forgotten").wait("ask").build())
            .action("never", run -> false, (runtime, runId) -> {})
            .build();

    org.assertj.core.api.Assertions.assertThatThrownBy(
            () -> Simulation.builder().workload(workload).seeds(1, 1).run())
        .hasMessageContaining("forgotten")
        .hasMessageContaining("everything comes to its end");
  }
}
