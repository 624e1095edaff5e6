package io.flowcraft.testkit.golden;

import io.flowcraft.run.RunHandle;
import io.flowcraft.run.RunResult;
import io.flowcraft.runtime.FlowRuntime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Two processes on backends that properties choose. Each line of steps of a case runs on them and
 * in one process in memory, and the same must come of it.
 */
final class GoldenFleet implements AutoCloseable {

  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private static final Map<String, String> MEMORY =
      Map.of(
          "flowcraft.queue", "memory",
          "flowcraft.state", "memory",
          "flowcraft.coordination", "memory");

  private final List<FleetSlot> slots = new ArrayList<>();
  private final Consumer<String> out;
  private int runs;
  private int lines;
  private int byStatus;
  private int leftOut;

  /**
   * Connects.
   *
   * @param out takes what is told of lines that are not compared as a whole
   */
  GoldenFleet(Map<String, String> properties, Consumer<String> out) {
    this.out = out;
    slots.add(new FleetSlot(properties));
    slots.add(new FleetSlot(properties));
  }

  /** Also runs a case on the fleet. */
  GoldenCheck check(GoldenCheck check) {
    return check instanceof CaseCheck golden ? new Distributed(golden) : check;
  }

  /** Tells how much was compared how. */
  void tell() {
    out.accept(
        lines
            + " runs distributed, "
            + byStatus
            + " of them compared by status only, "
            + leftOut
            + " not distributed");
  }

  @Override
  public void close() {
    slots.forEach(FleetSlot::close);
  }

  /** A case, in one process as recorded, and distributed as in one process. */
  private final class Distributed implements GoldenCheck {

    private final CaseCheck golden;

    Distributed(CaseCheck golden) {
      this.golden = golden;
    }

    @Override
    public String name() {
      return golden.name();
    }

    @Override
    public boolean isMarked() {
      return golden.isMarked();
    }

    @Override
    public GoldenResult check() {
      List<String> found = new ArrayList<>();
      for (CaseLine line : CaseLine.of(golden.golden())) {
        String reason = line.whyNot();
        if (reason == null) {
          compare(line, found);
        } else {
          leftOut++;
          out.accept("not distributed: " + line.name() + ": " + reason);
        }
      }
      if (found.isEmpty()) {
        return golden.check();
      }
      return new GoldenResult(name(), false, found);
    }
  }

  private void compare(CaseLine line, List<String> found) {
    lines++;
    String runId = "golden-" + runs++;
    Map<String, @Nullable Object> here;
    try (FlowRuntime alone = line.configure(FlowRuntime.builder().properties(MEMORY)).build()) {
      here = words(play(line, runId, alone, alone));
    }
    Map<String, @Nullable Object> there;
    try (FlowRuntime first = slots.get(0).open(line.configure(FlowRuntime.builder()));
        FlowRuntime second =
            slots.get(1).open(line.configure(FlowRuntime.builder()).maxLocalSteps(0))) {
      there = words(play(line, runId, first, second));
    }
    List<String> differences = new Differ(Engine.NOW).differences("distributed", here, there);
    if (differences.isEmpty()) {
      return;
    }
    if (Objects.equals(here.get("status"), there.get("status")) && !line.isOrdered()) {
      byStatus++;
      out.accept("compared by status only: " + line.name() + ": its outputs depend on an order");
      return;
    }
    found.addAll(differences);
  }

  private static RunResult play(
      CaseLine line, String runId, FlowRuntime first, FlowRuntime second) {
    line.start(first, runId);
    RunHandle handle = second.handle(runId);
    RunResult result = handle.await(PATIENCE);
    for (CaseLine.Answer answer : line.answers()) {
      result = second.resume(runId, answer.nodeId(), answer.resume()).await(PATIENCE);
    }
    return result;
  }

  private static Map<String, @Nullable Object> words(RunResult result) {
    Map<String, @Nullable Object> words = new LinkedHashMap<>();
    words.put("status", EventTranslator.status(result.status()));
    Map<String, @Nullable Object> nodes = new LinkedHashMap<>();
    result.nodes().forEach((node, status) -> nodes.put(node, status.name()));
    words.put("nodes", nodes);
    words.put("outputs", result.outputs());
    words.put("errors", result.errors().stream().map(Object::toString).sorted().toList());
    return words;
  }
}
