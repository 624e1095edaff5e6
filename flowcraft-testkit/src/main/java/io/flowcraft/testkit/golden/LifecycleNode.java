package io.flowcraft.testkit.golden;

import io.flowcraft.error.FlowcraftException;
import io.flowcraft.node.Node;
import io.flowcraft.node.NodeContext;
import io.flowcraft.node.NodeResult;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Writes down which of its hooks were called, and fails where it is told to. */
final class LifecycleNode implements Node<Map<String, @Nullable Object>> {

  private final Bench bench;

  LifecycleNode(Bench bench) {
    this.bench = bench;
  }

  @Override
  public Map<String, @Nullable Object> prep(NodeContext context) {
    log(context, "prep");
    failIf(context, "failPrep", "prep failed");
    return single("prepared", context.input());
  }

  @Override
  public NodeResult exec(Map<String, @Nullable Object> prepared, NodeContext context) {
    int attempt = bench.attempt(context);
    log(context, "exec:" + attempt);
    if (Boolean.TRUE.equals(context.params().get("fatalExec"))) {
      throw FlowcraftException.fatal("exec fatal");
    }
    if (attempt <= Js.number(context.params().get("failExec"))) {
      throw new NodeError("exec failed " + attempt);
    }
    return NodeResult.output(prepared).withAction(Tree.textOrNull(context.params(), "action"));
  }

  @Override
  public NodeResult fallback(Exception error, NodeContext context) throws Exception {
    log(context, "fallback:" + Messages.of(error));
    if (!context.params().containsKey("fallback")) {
      throw error;
    }
    return NodeResult.output(context.params().get("fallback"));
  }

  @Override
  public NodeResult post(NodeResult result, NodeContext context) {
    log(context, "post");
    failIf(context, "failPost", "post failed");
    return result.withOutput(single("posted", result.output()));
  }

  @Override
  public void recover(Exception error, NodeContext context) {
    log(context, "recover:" + Messages.of(error));
    failIf(context, "failRecover", "recover failed");
  }

  private static void failIf(NodeContext context, String param, String message) {
    if (Boolean.TRUE.equals(context.params().get(param))) {
      throw new NodeError(message);
    }
  }

  private static void log(NodeContext context, String line) {
    String named = Tree.text(context.params(), "log");
    String key = named.isEmpty() ? "log" : named;
    List<@Nullable Object> lines = new ArrayList<>(Tree.list(context.context().get(key)));
    lines.add(line);
    context.context().set(key, lines);
  }

  private static Map<String, @Nullable Object> single(String key, @Nullable Object value) {
    Map<String, @Nullable Object> map = new LinkedHashMap<>();
    map.put(key, value);
    return map;
  }
}
