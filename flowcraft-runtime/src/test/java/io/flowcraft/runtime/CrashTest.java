package io.flowcraft.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import io.flowcraft.blueprint.Join;
import io.flowcraft.blueprint.Retry;
import io.flowcraft.flow.Flow;
import io.flowcraft.memory.InMemoryContextStore;
import io.flowcraft.node.NodeResult;
import io.flowcraft.run.NodeStatus;
import io.flowcraft.run.RunOptions;
import io.flowcraft.run.RunResult;
import io.flowcraft.run.RunStatus;
import io.flowcraft.spi.ContextStore;
import io.flowcraft.spi.Outcome;
import io.flowcraft.spi.Payload;
import io.flowcraft.spi.Selection;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The process of a run dies with one of its writes, and takes the queue and all coordination along.
 * Another process finds the run in the store and brings it to the same end: for each write, and
 * both before and after it was done.
 */
class CrashTest {

  private static final String RUN = "r";
  private static final int MANY = 500;

  /** A flow, made anew for each run as its nodes count. */
  private record Workload(String name, Function<Tally, Flow[]> flows) {
    @Override
    public String toString() {
      return name;
    }
  }

  /** What is left of a run. */
  private record End(
      RunStatus status, Map<String, @Nullable Object> outputs, Map<String, String> instances) {}

  static Stream<Workload> workloads() {
    return Stream.of(
        new Workload("chain", tally -> flows(chain(tally))),
        new Workload("branches and joins", tally -> flows(branches(tally))),
        new Workload("loop", tally -> flows(loop(tally))),
        new Workload("batch", tally -> flows(batch(tally))),
        new Workload("sub-workflow", CrashTest::subflow),
        new Workload("retry and fallback", tally -> flows(failures(tally))),
        new Workload("sleeps", tally -> flows(sleeps(tally))),
        new Workload("failure", tally -> flows(failing(tally))));
  }

  private static Flow[] flows(Flow... flows) {
    return flows;
  }

  private static Flow chain(Tally tally) {
    return Flow.named("flow")
        .node(
            "a",
            c -> {
              c.context().set("seen", "by a");
              return NodeResult.output(1);
            })
        .node("b", tally.echo())
        .node("c", c -> NodeResult.output(c.context().get("seen")))
        .edge("a", "b")
        .edge("b", "c")
        .build();
  }

  private static Flow branches(Tally tally) {
    return Flow.named("flow")
        .node("start", c -> NodeResult.output("x").withAction("left"))
        .node("left", tally.node())
        .node("right", tally.node())
        .node("both", c -> NodeResult.output(c.inputs()))
        .node("other", tally.node())
        .node("end", c -> NodeResult.output(c.inputs()), node -> node.join(Join.any()))
        .edge("start", "left", edge -> edge.on("left"))
        .edge("start", "right", edge -> edge.on("right"))
        .edge("start", "other", edge -> edge.on("left"))
        .edge("left", "both")
        .edge("right", "both")
        .edge("right", "end")
        .edge("both", "end")
        .build();
  }

  private static Flow loop(Tally tally) {
    return Flow.named("flow")
        .node(
            "body",
            c -> {
              Object n = c.context().get("n");
              int next = n instanceof Number number ? number.intValue() + 1 : 1;
              c.context().set("n", next);
              c.context().set("more", next < 3);
              return NodeResult.output(next);
            })
        .node("after", tally.echo())
        .loop("loop", "more", l -> l.start("body").end("body"))
        .edge("loop", "after")
        .build();
  }

  private static Flow batch(Tally tally) {
    return Flow.named("flow")
        .node("rows", tally.returns(List.of(1, 2, 3)))
        .batch(
            "each",
            c -> NodeResult.output(c.input(Integer.class) * 2),
            batch -> batch.input("rows"))
        .build();
  }

  private static Flow[] subflow(Tally tally) {
    Flow child =
        Flow.named("child")
            .node("in", tally.echo())
            .node("out", tally.node())
            .edge("in", "out")
            .build();
    Flow parent =
        Flow.named("flow")
            .node("before", tally.returns("x"))
            .subflow("sub", child)
            .node("after", tally.echo())
            .edge("before", "sub")
            .edge("sub", "after")
            .build();
    return flows(parent, child);
  }

  private static Flow failures(Tally tally) {
    return Flow.named("flow")
        .node(
            "flaky",
            tally.failing(1),
            node -> node.retry(Retry.fixed(Duration.ofSeconds(5)).maxAttempts(9)))
        .node(
            "broken",
            c -> {
              throw new IllegalStateException("broken");
            },
            node -> node.fallback("spare"))
        .node("spare", tally.node())
        .node("end", c -> NodeResult.output(c.inputs()))
        .edge("flaky", "broken")
        .edge("broken", "end")
        .build();
  }

  private static Flow sleeps(Tally tally) {
    return Flow.named("flow")
        .node("start", tally.returns(1))
        .sleep("nap", Duration.ofMinutes(10))
        .node("beside", tally.node())
        .node("end", c -> NodeResult.output(c.inputs()))
        .edge("start", "nap")
        .edge("start", "beside")
        .edge("nap", "end")
        .edge("beside", "end")
        .build();
  }

  private static Flow failing(Tally tally) {
    return Flow.named("flow")
        .node("start", tally.node())
        .node(
            "bad",
            c -> {
              throw new IllegalStateException("bad");
            })
        .node("good", tally.node())
        .node("end", tally.node())
        .edge("start", "bad")
        .edge("start", "good")
        .edge("bad", "end")
        .edge("good", "end")
        .build();
  }

  @ParameterizedTest
  @MethodSource("workloads")
  void anotherProcessBringsTheRunToTheSameEnd(Workload workload) {
    End expected = endOf(workload);
    int write = 0;
    boolean survived = false;
    while (!survived && ++write < MANY) {
      survived = survives(workload, write, false, expected);
      survives(workload, write, true, expected);
    }
    assertThat(write).as("writes of a run").isBetween(4, MANY - 1);
  }

  private static End endOf(Workload workload) {
    ContextStore store = new InMemoryContextStore();
    try (Lab lab = Lab.on(store, builder -> {})) {
      RunResult result = started(lab, workload.flows().apply(new Tally())[0]);
      return end(store, result);
    }
  }

  private static RunResult started(Lab lab, Flow flow) {
    var handle = lab.runtime.start(flow, Map.of(), RunOptions.runId(RUN));
    lab.advance(Duration.ofHours(1));
    return lab.settled(handle);
  }

  /** Whether the process lives, because the run has fewer writes. */
  private static boolean survives(Workload workload, int write, boolean afterwards, End expected) {
    ContextStore store = new InMemoryContextStore();
    CrashingStore connection = CrashingStore.around(store, write, afterwards);
    Flow[] flows = workload.flows().apply(new Tally());
    Lab first =
        Lab.on(store, builder -> builder.contextStore(new Lab.Sharing(connection.connection())));
    try {
      first.runtime.start(flows[0], Map.of(), RunOptions.runId(RUN));
      for (int minute = 0; minute < 60 && !connection.isGone(); minute++) {
        first.advance(Duration.ofMinutes(1));
      }
    } catch (CrashingStore.Gone e) {
      // So it is told to whoever waits for the start.
    }
    if (!connection.isGone()) {
      return true;
    }
    Map<String, Outcome> before = facts(store);
    try (Lab second =
        Lab.on(
            store,
            builder -> {
              List.of(flows).forEach(builder::flow);
              // Tokens of two processes differ because their random numbers do.
              builder.random(new SplittableRandom(8));
            })) {
      RunResult result = started(second, flows[0]);
      String when = (afterwards ? "after" : "before") + " write " + write;
      assertThat(end(store, result)).as("crash %s", when).isEqualTo(expected);
      assertThat(facts(store)).as("facts, crash %s", when).containsAllEntriesOf(before);
    }
    return false;
  }

  private static Map<String, Outcome> facts(ContextStore store) {
    Map<String, Outcome> facts = new TreeMap<>();
    store
        .read(RUN, Selection.ALL)
        .toCompletableFuture()
        .join()
        .outcomes()
        .forEach(
            (key, outcome) -> {
              // What became of a replaced node is known with its stand-in.
              boolean open = outcome.status() == NodeStatus.REPLACED && outcome.output() == null;
              if (outcome.status().isFinal() && !open) {
                facts.put(key, outcome);
              }
            });
    return facts;
  }

  private static End end(ContextStore store, RunResult result) {
    Map<String, String> instances = new TreeMap<>();
    facts(store)
        .forEach(
            (key, outcome) -> instances.put(key, describe(outcome.status(), outcome.output())));
    return new End(result.status(), result.outputs(), instances);
  }

  private static String describe(NodeStatus status, @Nullable Payload output) {
    return status + (output == null ? "" : " " + output.text());
  }
}
