package io.flowcraft.examples.orders;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.flowcraft.run.RunOptions;
import io.flowcraft.run.RunResult;
import io.flowcraft.runtime.FlowRuntime;
import io.flowcraft.testkit.ManualExecutor;
import io.flowcraft.testkit.VirtualTime;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class OrdersMainTest {

  @Test
  void readsTheOrders() {
    List<Order> orders = OrderFile.orders();

    assertThat(orders).hasSize(1_000).extracting(Order::id).doesNotHaveDuplicates();
    assertThat(orders.get(2).lines())
        .containsExactly(
            new Order.Line("RUG-JUTE", 2, 8_990), new Order.Line("SHELF-WALL", 6, 3_990));
  }

  @Test
  void tellsWhatIsWrongWithARow() {
    assertThatExceptionOfType(IllegalArgumentException.class)
        .isThrownBy(() -> OrderFile.order("ORD-1,Ada,DE,10115,yes,100,MUG x 2"))
        .withMessageContaining("MUG x 2");
  }

  @Test
  void printsATable() {
    Map<String, Integer> counts = new LinkedHashMap<>(Map.of("shipped", 900));
    String table = new Summary(1_000, counts, 123_456, Duration.ofMillis(2_500)).table();

    assertThat(table)
        .contains("| orders                   |            1,000 |")
        .contains("| total amount shipped     |     1,234.56 EUR |")
        .contains("| runs per second          |              400 |");
  }

  @Test
  void showsProgressInAFileByPlainLines() {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    Progress progress =
        new Progress(new PrintStream(bytes, true, StandardCharsets.UTF_8), 8, false);
    for (int i = 0; i < 8; i++) {
      progress.finished();
    }

    assertThat(bytes.toString(StandardCharsets.UTF_8).lines())
        .containsExactly("2 of 8 orders", "4 of 8 orders", "6 of 8 orders", "8 of 8 orders");
  }

  @Test
  void showsProgressOnATerminalInOneLine() {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    Progress progress = new Progress(new PrintStream(bytes, true, StandardCharsets.UTF_8), 2, true);
    progress.asked();
    progress.answered();
    progress.finished();
    progress.finished();

    assertThat(bytes.toString(StandardCharsets.UTF_8))
        .contains("\r[...............", "1 waiting for a person", "2 of 2 orders")
        .endsWith(System.lineSeparator());
  }

  @Test
  void makesOfTheOrdersWhatTheReadmeSays() throws IOException {
    VirtualTime time = new VirtualTime();
    ManualExecutor executor = new ManualExecutor();
    ApprovalDesk desk = new ApprovalDesk();
    try (FlowRuntime runtime =
        FlowRuntime.builder()
            .blueprint(OrderFile.blueprint())
            .registry(new OrderNodes(new Services()).registry())
            .recordHistory(true)
            .time(time)
            .executor(executor)
            .build()) {
      List<RunResult> results =
          OrderFile.orders().stream()
              .map(order -> run(order, runtime, desk, time, executor))
              .toList();
      Journal journal = Journal.read(runtime, results);
      String table = OrdersMain.summary(results, desk, journal, Duration.ZERO).table();

      String numbers = table.lines().limit(12).collect(Collectors.joining("\n"));
      assertThat(Files.readString(Path.of("../README.md")))
          .contains(numbers, "picture of " + OrdersMain.richest(results).runId() + ":");
    }
  }

  private static RunResult run(
      Order order,
      FlowRuntime runtime,
      ApprovalDesk desk,
      VirtualTime time,
      ManualExecutor executor) {
    runtime.start("order", Map.of("order", order), RunOptions.runId(order.id()));
    for (int answers = 0; answers < 4; answers++) {
      time.advance(Duration.ofSeconds(1), executor::drain);
      RunResult result = runtime.handle(order.id()).snapshot();
      if (result.status().isFinal()) {
        return result;
      }
      String nodeId = result.awaiting().get(0);
      runtime.resume(order.id(), nodeId, desk.answer(nodeId, order));
    }
    throw new AssertionError("No end of " + runtime.explain(order.id()));
  }
}
