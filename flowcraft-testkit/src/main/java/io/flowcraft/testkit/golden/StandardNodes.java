package io.flowcraft.testkit.golden;

import io.flowcraft.error.FlowcraftException;
import io.flowcraft.node.NodeContext;
import io.flowcraft.node.NodeFunction;
import io.flowcraft.node.NodeRegistry;
import io.flowcraft.node.NodeResult;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** The nodes that the recorded cases are made of. */
final class StandardNodes {

  private final Bench bench;
  private NodeRegistry registry = NodeRegistry.empty();

  private StandardNodes(Bench bench) {
    this.bench = bench;
  }

  /** All of them. */
  static NodeRegistry registry(Bench bench) {
    StandardNodes nodes = new StandardNodes(bench);
    nodes.addValues();
    nodes.addContextAccess();
    nodes.addRouting();
    nodes.addFailures();
    return nodes
        .registry
        .register("flaky", new FlakyNode(bench))
        .register("lifecycle", new LifecycleNode(bench))
        .registerAsync("slow", nodes::slow);
  }

  private void add(String uses, NodeFunction function) {
    registry =
        registry.register(
            uses,
            node -> {
              bench.enter();
              try {
                return function.run(node);
              } finally {
                bench.leave();
              }
            });
  }

  private void addValues() {
    add("const", node -> withAction(valueOr(node, NodeResult.none()), node));
    add("noop", node -> NodeResult.none());
    add("returnNothing", node -> null);
    add("raw", node -> RawResults.read(Tree.map(node.params().get("result"))));
    add("echo", StandardNodes::echo);
    add("add", node -> number(Js.number(node.input()) + Js.number(node.params().get("n"))));
    add("double", StandardNodes::twice);
    add("sum", node -> number(sum(node.input())));
    add("concat", node -> NodeResult.output(concat(node)));
    add("dynamic", node -> RawResults.dynamic(node.params()));
    add(
        "cancel",
        node -> {
          bench.cancel();
          return echo(node);
        });
  }

  private void addContextAccess() {
    add("collect", node -> NodeResult.output(collect(node)));
    add("set", StandardNodes::set);
    add("get", node -> NodeResult.output(node.context().get(key(node))));
    add("has", node -> NodeResult.output(node.context().has(key(node))));
    add("del", node -> NodeResult.output(node.context().delete(key(node))));
    add("count", node -> NodeResult.output(count(node)));
    add("countTo", StandardNodes::countTo);
    add("append", StandardNodes::append);
  }

  private void addRouting() {
    add("route", node -> withAction(echo(node), node));
    add("routeBy", StandardNodes::routeBy);
    add(
        "skipOdd",
        node -> node.input() instanceof Number n && odd(n) ? NodeResult.none() : echo(node));
  }

  private void addFailures() {
    add(
        "fail",
        node -> {
          throw new NodeError(message(node));
        });
    add(
        "failFlow",
        node -> {
          throw FlowcraftException.failure(message(node));
        });
    add(
        "failFatal",
        node -> {
          throw FlowcraftException.fatal(message(node));
        });
    add("failOnNegative", StandardNodes::failOnNegative);
  }

  private CompletionStage<NodeResult> slow(NodeContext node) {
    bench.enter();
    Object millis = node.params().get("ms");
    return bench
        .sleep(node, millis == null ? 5 : Js.number(millis), valueOr(node, echo(node)))
        .whenComplete((result, error) -> bench.leave());
  }

  private static NodeResult echo(NodeContext node) {
    return node.hasInput() ? NodeResult.output(node.input()) : NodeResult.none();
  }

  private static NodeResult valueOr(NodeContext node, NodeResult otherwise) {
    Map<String, @Nullable Object> params = node.params();
    return params.containsKey("value") ? NodeResult.output(params.get("value")) : otherwise;
  }

  private static NodeResult withAction(NodeResult result, NodeContext node) {
    return result.withAction(Tree.textOrNull(node.params(), "action"));
  }

  private static NodeResult number(double value) {
    return NodeResult.output(Js.of(value));
  }

  private static NodeResult twice(NodeContext node) {
    if (node.input() instanceof Number number) {
      return number(number.doubleValue() * 2);
    }
    return node.input() instanceof String text ? NodeResult.output(text + text) : echo(node);
  }

  private static double sum(@Nullable Object input) {
    if (input instanceof Number number) {
      return number.doubleValue();
    }
    Collection<@Nullable Object> members =
        input instanceof List<?> ? Tree.list(input) : Tree.map(input).values();
    return members.stream().mapToDouble(Js::number).sum();
  }

  private static String concat(NodeContext node) {
    Map<String, @Nullable Object> params = node.params();
    return Js.text(params.get("prefix")) + Js.text(node.input()) + Js.text(params.get("suffix"));
  }

  private static Map<String, @Nullable Object> collect(NodeContext node) {
    Map<String, @Nullable Object> reads = new LinkedHashMap<>();
    for (String key : Tree.texts(node.params().get("keys"))) {
      reads.put(key, node.context().get(key));
    }
    Map<String, @Nullable Object> output = new LinkedHashMap<>();
    output.put("input", node.input());
    output.put("reads", reads);
    return output;
  }

  private static String key(NodeContext node) {
    return Tree.text(node.params(), "key");
  }

  private static NodeResult set(NodeContext node) {
    Object value = valueOr(node, NodeResult.output(node.input())).output();
    node.context().set(key(node), value);
    return NodeResult.output(value);
  }

  private static Object count(NodeContext node) {
    Object next = Js.of(Js.number(node.context().get(key(node))) + 1);
    node.context().set(key(node), next);
    return next;
  }

  private static NodeResult countTo(NodeContext node) {
    Object next = count(node);
    boolean below = Js.number(next) < Js.number(node.params().get("limit"));
    node.context().set(Tree.text(node.params(), "flag"), below);
    return NodeResult.output(next);
  }

  private static NodeResult append(NodeContext node) {
    List<@Nullable Object> longer = new ArrayList<>(Tree.list(node.context().get(key(node))));
    longer.add(valueOr(node, NodeResult.output(node.input())).output());
    node.context().set(key(node), longer);
    return NodeResult.output(longer);
  }

  private static NodeResult routeBy(NodeContext node) {
    Map<String, @Nullable Object> params = node.params();
    String path = Tree.text(params, "path");
    Object picked = path.isEmpty() ? node.input() : Js.at(node.input(), path);
    String key = picked == null ? "null" : Js.text(picked);
    Map<String, @Nullable Object> routes = Tree.map(params.get("map"));
    Object action = routes.containsKey(key) ? routes.get(key) : params.get("default");
    return echo(node).withAction(action instanceof String text ? text : null);
  }

  private static boolean odd(Number number) {
    return number.doubleValue() % 2 != 0;
  }

  private static String message(NodeContext node) {
    String message = Tree.textOrNull(node.params(), "message");
    return message == null ? "failed" : message;
  }

  private static NodeResult failOnNegative(NodeContext node) {
    if (!(node.input() instanceof Number number)) {
      return echo(node);
    }
    if (number.doubleValue() < 0) {
      throw new NodeError("negative: " + Js.text(number));
    }
    return number(number.doubleValue() * 10);
  }
}
