package io.flowcraft.examples.snippets;

import static org.assertj.core.api.Assertions.assertThat;

import io.flowcraft.flow.Flow;
import io.flowcraft.node.NodeResult;
import io.flowcraft.run.NodeStatus;
import io.flowcraft.run.Resume;
import io.flowcraft.run.RunStatus;
import io.flowcraft.spi.TimeSource;
import io.flowcraft.testkit.simulation.Fault;
import io.flowcraft.testkit.simulation.Outside;
import io.flowcraft.testkit.simulation.Simulation;
import io.flowcraft.testkit.simulation.SimulationReport;
import io.flowcraft.testkit.simulation.Workload;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class SimulationGuideTest {

  // snippet:simulated-flow
  static final Flow TRANSFER =
      Flow.named("transfer")
          .node("check", ctx -> NodeResult.output(ctx.context().get("amount")))
          .wait("approve")
          .node("withdraw", ctx -> NodeResult.output("withdrawn"))
          .node("deposit", ctx -> NodeResult.output("deposited"))
          .edge("check", "approve")
          .edge("approve", "withdraw")
          .edge("withdraw", "deposit")
          .build();

  // end:simulated-flow

  // snippet:simulated-test
  @Test
  void keepsItsPromisesWhateverHappens() {
    SimulationReport report =
        Simulation.builder()
            .workload(
                Workload.named("transfer")
                    .flow(TRANSFER)
                    .input(Map.of("amount", 5))
                    .answer("approve", Resume.with("yes"))
                    .build())
            .seeds(1, 200)
            .run();

    assertThat(report.violations()).isEmpty();
  }

  // end:simulated-test

  // snippet:simulated-variation
  @Test
  void chargesOnceHoweverOftenItTries() {
    Flow flow =
        Flow.named("charge")
            .nodeAsync(
                "charge",
                ctx -> {
                  CompletableFuture<NodeResult> receipt = new CompletableFuture<>();
                  int attempt = ctx.dependency(Outside.class).count(ctx.idempotencyKey());
                  ctx.dependency(TimeSource.class)
                      .schedule(
                          Duration.ofMinutes(3),
                          () -> receipt.complete(NodeResult.output("receipt " + attempt)));
                  return receipt;
                })
            .node("send", ctx -> NodeResult.output(ctx.input()))
            .edge("charge", "send")
            .build();

    SimulationReport report =
        Simulation.builder()
            .workload(
                Workload.named("charge")
                    .flow(flow)
                    .expect(
                        run ->
                            run.status() == RunStatus.COMPLETED
                                && run.node("send") == NodeStatus.COMPLETED
                                && run.output("charge") != null
                                && run.output("charge").equals(run.output("send")))
                    .build())
            .faults(EnumSet.of(Fault.PROCESS_KILLED, Fault.PROCESS_PAUSED))
            .processes(2)
            .seeds(1, 200)
            .run();

    assertThat(report.violations()).isEmpty();
  }
  // end:simulated-variation
}
