package io.flowcraft.testkit.simulation;

import io.flowcraft.blueprint.Join;
import io.flowcraft.blueprint.NodeDefinition;
import io.flowcraft.flow.Flow;
import io.flowcraft.json.Limits;
import io.flowcraft.node.NodeContext;
import io.flowcraft.node.NodeResult;
import io.flowcraft.run.RunOptions;
import io.flowcraft.run.RunStatus;
import io.flowcraft.runtime.RuntimeLimits;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Workflows that lead from node to node in all the ways that there are. */
final class RoutingWorkloads {

  /** Fewer than the items of a batch. */
  private static final RuntimeLimits NARROW = new RuntimeLimits(Limits.DEFAULT, 100, 3, 10);

  private RoutingWorkloads() {}

  static List<Workload> all() {
    return List.of(
        Workload.of(chain("chain", 10)),
        Workload.named("twice")
            .flow(chain("twice", 3))
            .action(
                "start again",
                run -> true,
                (runtime, runId) -> runtime.start("twice", Map.of(), RunOptions.runId(runId)))
            .build(),
        Workload.of(branches("branches")),
        Workload.named("narrow")
            .flow(branches("narrow"))
            .options(RunOptions.DEFAULT.withConcurrency(1))
            .build(),
        Workload.of(any()),
        Workload.of(fan("fan", 8)),
        Workload.of(ends()),
        Workload.of(loop()),
        Workload.of(nested()),
        Workload.of(batch("batch")),
        tooWide(),
        Workload.of(chunks()),
        Workload.named("limited")
            .flow(fan("limited", 6))
            .options(RunOptions.DEFAULT.withConcurrency(2))
            .build(),
        Workload.named("upgrade").flow(first()).newer(second()).build(),
        Workload.of(context()),
        Workload.named("dynamic")
            .flow(dynamic())
            .setup(runtime -> runtime.register("work", Nodes.OWN_ID))
            .build());
  }

  private static Flow chain(String name, int length) {
    var builder = Flow.named(name).node("n0", Nodes.OWN_ID);
    for (int i = 1; i < length; i++) {
      builder.node("n" + i, Nodes.ECHO).edge("n" + (i - 1), "n" + i);
    }
    return builder.build();
  }

  private static Flow branches(String name) {
    return Flow.named(name)
        .node("start", c -> NodeResult.output("x").withAction("left"))
        .node("left", Nodes.OWN_ID)
        .node("right", Nodes.OWN_ID)
        .node("other", Nodes.OWN_ID)
        .node("both", Nodes.INPUTS)
        .node("end", Nodes.INPUTS, node -> node.join(Join.any()))
        .edge("start", "left", edge -> edge.on("left"))
        .edge("start", "right", edge -> edge.on("right"))
        .edge("start", "other", edge -> edge.on("left"))
        .edge("left", "both")
        .edge("right", "both")
        .edge("other", "both")
        .edge("right", "end")
        .edge("both", "end")
        .build();
  }

  private static Flow any() {
    return Flow.named("any")
        .node("start", Nodes.OWN_ID)
        .node("left", Nodes.OWN_ID)
        .node("right", Nodes.OWN_ID)
        .node("further", Nodes.ECHO)
        .node("first", Nodes.OWN_ID, node -> node.join(Join.any()))
        .node("two", Nodes.OWN_ID, node -> node.join(Join.atLeast(2)))
        .edge("start", "left")
        .edge("start", "right")
        .edge("right", "further")
        .edge("left", "first")
        .edge("right", "first")
        .edge("left", "two")
        .edge("further", "two")
        .edge("first", "two")
        .build();
  }

  private static Flow fan(String name, int width) {
    var builder = Flow.named(name).node("source", Nodes.OWN_ID).node("join", Nodes.INPUTS);
    for (int i = 0; i < width; i++) {
      builder.node("n" + i, Nodes.OWN_ID).edge("source", "n" + i).edge("n" + i, "join");
    }
    return builder.build();
  }

  private static Flow ends() {
    return Flow.named("ends")
        .node("start", Nodes.OWN_ID)
        .node("left", Nodes.OWN_ID)
        .node("right", Nodes.OWN_ID)
        .edge("start", "left")
        .edge("start", "right")
        .build();
  }

  private static Flow loop() {
    return Flow.named("loop")
        .node(
            "body",
            c -> {
              int next = c.context().get("n") instanceof Number n ? n.intValue() + 1 : 1;
              c.context().set("n", next);
              c.context().set("more", next < 3);
              return NodeResult.output(next);
            })
        .node("after", Nodes.ECHO)
        .loop("again", "more", l -> l.start("body").end("body"))
        .edge("again", "after")
        .build();
  }

  private static Flow nested() {
    return Flow.named("nested")
        .node("begin", c -> count(c, "outer", 0))
        .node("inner", c -> count(c, "inner", 2))
        .node("end", c -> count(c, "outer", 2))
        .node("after", Nodes.ECHO)
        .loop("rows", "innerMore", l -> l.start("inner").end("inner"))
        .loop("pages", "outerMore", l -> l.start("begin").end("end"))
        .edge("begin", "rows")
        .edge("rows", "end")
        .edge("pages", "after")
        .build();
  }

  /** Counts, and says whether to go on below a limit; at a limit of zero it begins anew. */
  private static NodeResult count(NodeContext c, String what, int limit) {
    if (limit == 0) {
      c.context().set("inner", 0);
      c.context().set("innerMore", true);
      return NodeResult.none();
    }
    int next = c.context().get(what) instanceof Number n ? n.intValue() + 1 : 1;
    c.context().set(what, next);
    c.context().set(what + "More", next < limit);
    return NodeResult.output(next);
  }

  private static Flow chunks() {
    return Flow.named("chunks")
        .node("rows", c -> NodeResult.output(List.of(1, 2, 3, 4, 5)))
        .batch(
            "each",
            c -> NodeResult.output(c.input(Integer.class) * 2),
            batch -> batch.input("rows").chunkSize(2))
        .edge("rows", "each")
        .build();
  }

  private static Flow first() {
    return Flow.named("upgrade")
        .version("1")
        .node("a", Nodes.OWN_ID)
        .node("b", Nodes.ECHO)
        .node("c", Nodes.INPUTS)
        .edge("a", "b")
        .edge("b", "c")
        .edge("a", "c")
        .build();
  }

  /** Has lost a node, whose implementation its processes lack, and routes otherwise. */
  private static Flow second() {
    return Flow.named("upgrade")
        .version("2")
        .node("a", Nodes.OWN_ID)
        .node("c", Nodes.INPUTS)
        .node("d", Nodes.INPUTS)
        .edge("a", "c")
        .edge("a", "d")
        .build();
  }

  /** Whoever goes beyond a limit fails before anything of it is written. */
  private static Workload tooWide() {
    Flow flow = batch("too-wide");
    Set<String> declared =
        flow.blueprint().nodes().stream().map(NodeDefinition::id).collect(Collectors.toSet());
    return Workload.named("too-wide")
        .flow(flow)
        .setup(runtime -> runtime.limits(NARROW))
        .expect(run -> run.status() == RunStatus.FAILED && declared.containsAll(run.nodes()))
        .build();
  }

  private static Flow batch(String name) {
    return Flow.named(name)
        .node("rows", c -> NodeResult.output(List.of(1, 2, 3, 4, 5)))
        .batch(
            "each",
            c -> NodeResult.output(c.input(Integer.class) * 2),
            batch -> batch.input("rows"))
        .edge("rows", "each")
        .build();
  }

  private static Flow context() {
    return Flow.named("context")
        .node(
            "write",
            c -> {
              c.context().set("kept", "by write");
              c.context().set("changed", 1);
              c.context().set("deleted", "soon");
              return NodeResult.none();
            })
        .node(
            "left",
            c -> {
              c.context().set("changed", 2);
              c.context().set("left", c.context().get("kept"));
              return NodeResult.none();
            })
        .node(
            "right",
            c -> {
              c.context().delete("deleted");
              c.context().set("right", c.context().has("kept"));
              return NodeResult.none();
            })
        .node(
            "read",
            c ->
                NodeResult.output(
                    List.of(
                        String.valueOf(c.context().get("kept")),
                        String.valueOf(c.context().get("changed")),
                        c.context().has("deleted"),
                        String.valueOf(c.context().get("left")),
                        String.valueOf(c.context().get("right")))))
        .edge("write", "left")
        .edge("write", "right")
        .edge("left", "read")
        .edge("right", "read")
        .build();
  }

  private static Flow dynamic() {
    List<NodeDefinition> added =
        List.of(NodeDefinition.of("x", "work"), NodeDefinition.of("y", "work"));
    return Flow.named("dynamic")
        .node(
            "make",
            c -> NodeResult.output(Map.of("gatherNodeId", "gather")).withDynamicNodes(added))
        .node("beside", Nodes.OWN_ID)
        .node("gather", Nodes.OWN_ID)
        .node("end", Nodes.INPUTS)
        .edge("make", "beside")
        .edge("make", "gather")
        .edge("beside", "end")
        .edge("gather", "end")
        .build();
  }
}
