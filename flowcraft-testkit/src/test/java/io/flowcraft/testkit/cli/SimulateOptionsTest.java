package io.flowcraft.testkit.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.flowcraft.testkit.simulation.Fault;
import io.flowcraft.testkit.simulation.Workload;
import io.flowcraft.testkit.simulation.Workloads;
import java.util.EnumSet;
import org.junit.jupiter.api.Test;

class SimulateOptionsTest {

  @Test
  void everythingHasADefault() {
    SimulateOptions options = SimulateOptions.parse();

    assertThat(options.seeds()).isEqualTo(1_000);
    assertThat(options.from()).isNotNegative();
    assertThat(options.workloads()).hasSameSizeAs(Workloads.all());
    assertThat(options.faults()).isEqualTo(EnumSet.allOf(Fault.class));
    assertThat(options.violations()).isEqualTo(1);
  }

  @Test
  void everythingCanBeChosen() {
    SimulateOptions options =
        SimulateOptions.parse(
            "--seeds",
            "5",
            "--from",
            "7",
            "--workload",
            "random-99",
            "--faults",
            "RECORD_LOST,CALL_SLOW",
            "--violations",
            "3");

    assertThat(options.seeds()).isEqualTo(5);
    assertThat(options.from()).isEqualTo(7);
    assertThat(options.workloads()).extracting(Workload::name).containsExactly("random-99");
    assertThat(options.faults()).isEqualTo(EnumSet.of(Fault.RECORD_LOST, Fault.CALL_SLOW));
    assertThat(options.violations()).isEqualTo(3);
  }

  @Test
  void theFirstSeedIsAnotherEachTime() {
    assertThat(SimulateOptions.parse().from()).isNotEqualTo(SimulateOptions.parse().from());
  }

  @Test
  void whatMakesNoSenseIsRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> SimulateOptions.parse("--seed", "5"))
        .withMessageContaining("usage");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> SimulateOptions.parse("--seeds"))
        .withMessageContaining("usage");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> SimulateOptions.parse("--seeds", "many"))
        .withMessageContaining("many");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> SimulateOptions.parse("--workload", "nothing"))
        .withMessageContaining("nothing")
        .withMessageContaining("chain");
  }
}
