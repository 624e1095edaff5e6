package io.flowcraft.examples.orders;

import io.flowcraft.analysis.Mermaid;
import io.flowcraft.blueprint.Blueprint;
import io.flowcraft.event.FlowEvent;
import io.flowcraft.examples.picture.RunPage;
import io.flowcraft.run.NodeStatus;
import io.flowcraft.run.RunError;
import io.flowcraft.run.RunResult;
import io.flowcraft.run.RunStatus;
import io.flowcraft.runtime.FlowRuntime;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Runs the workflow {@code order.json} for a thousand orders, prints what became of them, and draws
 * one of the runs.
 *
 * <p>The only argument, which may be left out, is the file that gets the picture. System properties
 * choose other backends than those in memory: {@code -Dflowcraft.queue=kafka} and so on. The
 * program is the same then, and {@link OrdersWorker} may share its work.
 */
public final class OrdersMain {

  private static final String PICTURE = "target/order-run.html";

  private OrdersMain() {}

  /** Runs the program. */
  public static void main(String[] arguments) throws Exception {
    Path picture = Path.of(arguments.length > 0 ? arguments[0] : PICTURE);
    Blueprint blueprint = OrderFile.blueprint();
    List<Order> orders = OrderFile.orders();
    Progress progress = new Progress(System.out, orders.size(), Progress.isLive());
    ApprovalDesk desk = new ApprovalDesk();
    long start = System.nanoTime();
    try (FlowRuntime runtime = OrderRuntime.open(blueprint)) {
      List<RunResult> results = new OrderDay(runtime, orders, desk, progress).process();
      Duration duration = Duration.ofNanos(System.nanoTime() - start);
      Journal journal = Journal.read(runtime, results);
      System.out.println(summary(results, desk, journal, duration).table());
      reportFailures(results);
      draw(blueprint, results, journal, picture);
    }
  }

  static Summary summary(
      List<RunResult> results, ApprovalDesk desk, Journal journal, Duration duration) {
    Map<String, Integer> counts = new LinkedHashMap<>();
    counts.put("shipped", count(results, "ship"));
    counts.put("rejected", count(results, "reject"));
    counts.put("failed", (int) results.stream().filter(OrdersMain::failed).count());
    counts.put("approved by hand", desk.approvals());
    counts.put("declined by hand", desk.declines());
    counts.put("payment retries", journal.retries());
    counts.put("payments sent to review", replaced(results));
    counts.put("customs declarations", count(results, "customs"));
    long shipped = 0;
    int items = 0;
    for (RunResult result : results) {
      items += result.output("ship", Integer.class).orElse(0);
      if (OrderDay.completed(result, "ship")) {
        shipped +=
            result
                .output("receive", OrderNodes.Received.class)
                .map(OrderNodes.Received::totalCents)
                .orElse(0L);
      }
    }
    counts.put("items packed", items);
    return new Summary(results.size(), counts, shipped, duration);
  }

  private static int count(List<RunResult> results, String nodeId) {
    return (int) results.stream().filter(r -> OrderDay.completed(r, nodeId)).count();
  }

  private static int replaced(List<RunResult> results) {
    return (int)
        results.stream().filter(r -> r.nodes().get("charge") == NodeStatus.REPLACED).count();
  }

  private static boolean failed(RunResult result) {
    return result.status() == RunStatus.FAILED;
  }

  private static void reportFailures(List<RunResult> results) {
    for (RunResult result : results) {
      for (RunError error : result.errors()) {
        System.out.println("failed: " + result.runId() + ": " + error);
      }
    }
  }

  private static void draw(
      Blueprint blueprint, List<RunResult> results, Journal journal, Path picture)
      throws IOException {
    RunResult run = richest(results);
    List<FlowEvent> events = journal.of(run.runId());
    RunPage page =
        new RunPage("Order " + run.runId(), blueprint, run, events, Mermaid.of(blueprint));
    Path absolute = picture.toAbsolutePath();
    Files.createDirectories(absolute.getParent());
    Files.writeString(absolute, page.html());
    System.out.println("picture of " + run.runId() + ": " + absolute);
  }

  /** The run that has the most to show; of several, the first. */
  static RunResult richest(List<RunResult> results) {
    Comparator<RunResult> byVariety = Comparator.comparing(OrdersMain::variety);
    return results.stream()
        .max(byVariety.thenComparing(Comparator.comparing(RunResult::runId).reversed()))
        .orElseThrow();
  }

  private static long variety(RunResult result) {
    long good = result.status() == RunStatus.COMPLETED ? 1 : 0;
    long kinds = result.nodes().values().stream().distinct().count();
    long done = result.nodes().values().stream().filter(NodeStatus.COMPLETED::equals).count();
    return (good * 10 + kinds) * 1_000 + done;
  }
}
