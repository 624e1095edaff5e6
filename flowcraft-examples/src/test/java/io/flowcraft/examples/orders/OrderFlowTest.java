package io.flowcraft.examples.orders;

import static org.assertj.core.api.Assertions.assertThat;

import io.flowcraft.run.NodeStatus;
import io.flowcraft.run.Resume;
import io.flowcraft.run.RunHandle;
import io.flowcraft.run.RunOptions;
import io.flowcraft.run.RunResult;
import io.flowcraft.run.RunStatus;
import io.flowcraft.runtime.FlowRuntime;
import io.flowcraft.testkit.ManualExecutor;
import io.flowcraft.testkit.VirtualTime;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The workflow of the order program, in virtual time and on this thread. */
class OrderFlowTest {

  private final VirtualTime time = new VirtualTime();
  private final ManualExecutor executor = new ManualExecutor();
  private final FlowRuntime runtime =
      FlowRuntime.builder()
          .blueprint(OrderFile.blueprint())
          .registry(new OrderNodes(new Services()).registry())
          .recordHistory(true)
          .time(time)
          .executor(executor)
          .build();

  @AfterEach
  void close() {
    runtime.close();
  }

  private static Order order(String id, String country, Order.Line... lines) {
    return new Order(id, "Ada Novak", country, "10115", true, 200_000, Arrays.asList(lines));
  }

  private static Order.Line mugs(int quantity) {
    return new Order.Line("MUG-BLUE", quantity, 990);
  }

  /** An order whose payment fails a number of times; the simulated provider decides by id. */
  private static Order orderWithFailures(int failures, Order.Line... lines) {
    return IntStream.range(0, 10_000)
        .mapToObj(i -> order("TEST-" + i, "DE", lines))
        .filter(order -> failuresOf(order) == failures)
        .findFirst()
        .orElseThrow();
  }

  private static int failuresOf(Order order) {
    for (int attempt = 1; attempt <= 3; attempt++) {
      try {
        new Services().charge("key", order.id(), attempt);
        return attempt - 1;
      } catch (Services.PaymentUnavailable e) {
        // The next attempt tells.
      }
    }
    return 3;
  }

  private RunHandle start(Order order) {
    RunHandle run = runtime.start("order", Map.of("order", order), RunOptions.runId(order.id()));
    executor.drain();
    return run;
  }

  private RunResult answer(Order order, String nodeId, String action) {
    RunHandle run = runtime.resume(order.id(), nodeId, Resume.action(action));
    executor.drain();
    return run.snapshot();
  }

  private RunResult later(RunHandle run, Duration duration) {
    time.advance(duration, executor::drain);
    return run.snapshot();
  }

  @Test
  void shipsWhenMoneyHasSettled() {
    Order order = orderWithFailures(0, mugs(2), new Order.Line("CANDLE-PINE", 3, 1_490));
    RunHandle run = start(order);

    assertThat(run.snapshot().nodes()).containsEntry("settle", NodeStatus.TIMER);
    assertThat(later(run, Duration.ofMillis(19)).nodes()).containsEntry("settle", NodeStatus.TIMER);

    RunResult shipped = later(run, Duration.ofMillis(1));
    assertThat(shipped.status()).isEqualTo(RunStatus.COMPLETED);
    assertThat(shipped.output("ship", Integer.class)).contains(5);
    assertThat(shipped.nodes())
        .containsEntry("customs", NodeStatus.SKIPPED)
        .containsEntry("reject", NodeStatus.SKIPPED)
        .containsEntry("approval", NodeStatus.SKIPPED);
  }

  @Test
  void declaresWhatGoesAbroad() {
    RunHandle run = start(order("ABROAD-1", "CH", mugs(1)));

    RunResult shipped = later(run, Duration.ofSeconds(1));
    assertThat(shipped.output("customs", String.class)).contains("declared for CH");
    assertThat(shipped.nodes()).containsEntry("ship", NodeStatus.COMPLETED);
  }

  @Test
  void rejectsWhatAnyCheckRefuses() {
    RunResult rejected = start(order("EMPTY-1", "XX", mugs(200))).snapshot();

    assertThat(rejected.status()).isEqualTo(RunStatus.COMPLETED);
    assertThat(rejected.outputs().get("assess"))
        .isEqualTo(List.of("not enough MUG-BLUE", "suspicious"));
    assertThat(rejected.nodes())
        .containsEntry("reject", NodeStatus.COMPLETED)
        .containsEntry("charge", NodeStatus.SKIPPED)
        .containsEntry("ship", NodeStatus.SKIPPED);
  }

  @Test
  void triesAPaymentAgain() {
    Order order = orderWithFailures(2, mugs(1));
    RunHandle run = start(order);

    RunResult shipped = later(run, Duration.ofSeconds(1));
    assertThat(shipped.nodes()).containsEntry("ship", NodeStatus.COMPLETED);
    assertThat(Journal.read(runtime, List.of(shipped)).retries()).isEqualTo(2);
  }

  @Test
  void asksAPersonWhenAPaymentFailsForGood() {
    Order order = orderWithFailures(3, mugs(1));
    RunHandle run = start(order);
    assertThat(later(run, Duration.ofSeconds(1)).awaiting()).containsExactly("review");

    answer(order, "review", "approve");
    RunResult shipped = later(run, Duration.ofSeconds(1));
    assertThat(shipped.status()).isEqualTo(RunStatus.COMPLETED);
    assertThat(shipped.nodes())
        .containsEntry("charge", NodeStatus.REPLACED)
        .containsEntry("ship", NodeStatus.COMPLETED);
  }

  @Test
  void rejectsWhatThePersonDeclines() {
    Order order = orderWithFailures(3, mugs(1));
    RunHandle run = start(order);
    later(run, Duration.ofSeconds(1));

    assertThat(answer(order, "review", "decline").nodes())
        .containsEntry("reject", NodeStatus.COMPLETED)
        .containsEntry("settle", NodeStatus.SKIPPED);
  }

  @Test
  void asksAPersonAboutLargeOrders() {
    Order large = orderWithFailures(0, new Order.Line("CHAIR-OAK", 6, 18_900));
    RunHandle run = start(large);
    assertThat(run.snapshot().awaiting()).containsExactly("approval");

    answer(large, "approval", "approve");
    assertThat(later(run, Duration.ofSeconds(1)).nodes())
        .containsEntry("ship", NodeStatus.COMPLETED);
  }

  @Test
  void failsWithoutAPostcode() {
    Order order = new Order("NOWHERE-1", "Ada", "DE", "", true, 50_000, List.of(mugs(1)));
    RunResult failed = later(start(order), Duration.ofSeconds(1));

    assertThat(failed.status()).isEqualTo(RunStatus.FAILED);
    assertThat(failed.errors().get(0).message()).contains("the order has no postcode");
  }
}
