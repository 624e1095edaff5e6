package io.flowcraft.json;

import io.flowcraft.blueprint.Blueprint;
import io.flowcraft.blueprint.EdgeDefinition;
import io.flowcraft.blueprint.InputMapping;
import io.flowcraft.blueprint.NodeConfig;
import io.flowcraft.blueprint.NodeDefinition;
import io.flowcraft.blueprint.Retry;
import io.flowcraft.blueprint.SourceLocation;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Turns a blueprint into maps and lists, in the npm library's form as far as that goes. */
final class BlueprintWriter {

  private BlueprintWriter() {}

  static Map<String, @Nullable Object> blueprint(Blueprint blueprint) {
    Map<String, @Nullable Object> map = new LinkedHashMap<>();
    map.put("id", blueprint.id());
    map.put("nodes", blueprint.nodes().stream().map(BlueprintWriter::node).toList());
    map.put("edges", blueprint.edges().stream().map(BlueprintWriter::edge).toList());
    putIfAny(map, "metadata", blueprint.metadata());
    return map;
  }

  static Map<String, @Nullable Object> node(NodeDefinition node) {
    Map<String, @Nullable Object> map = new LinkedHashMap<>();
    map.put("id", node.id());
    map.put("uses", node.uses());
    putIfAny(map, "params", node.params());
    if (node.inputs() instanceof InputMapping.Single single) {
      map.put("inputs", single.source());
    } else if (node.inputs() instanceof InputMapping.Keyed keyed) {
      map.put("inputs", keyed.sources());
    }
    putIfAny(map, "config", config(node.config()));
    putLocation(map, node.sourceLocation());
    return map;
  }

  static Map<String, @Nullable Object> edge(EdgeDefinition edge) {
    Map<String, @Nullable Object> map = new LinkedHashMap<>();
    map.put("source", edge.source());
    map.put("target", edge.target());
    putIfPresent(map, "action", edge.action());
    putIfPresent(map, "condition", edge.condition());
    putIfPresent(map, "transform", edge.transform());
    putLocation(map, edge.sourceLocation());
    return map;
  }

  private static Map<String, @Nullable Object> config(NodeConfig config) {
    Map<String, @Nullable Object> map = new LinkedHashMap<>();
    Retry retry = config.retry();
    if (isPlain(retry)) {
      if (retry.maxAttempts() > 1) {
        map.put("maxRetries", retry.maxAttempts());
      }
      if (!retry.delay().isZero()) {
        map.put("retryDelay", DurationText.millis(retry.delay()));
      }
    } else {
      map.put("retry", retry(retry));
    }
    if (config.timeout() != null) {
      map.put("timeout", DurationText.millis(config.timeout()));
    }
    putIfPresent(map, "fallback", config.fallback());
    putIfPresent(map, "compensate", config.compensate());
    putIfPresent(map, "joinStrategy", config.join() == null ? null : config.join().text());
    return map;
  }

  private static boolean isPlain(Retry retry) {
    return retry.factor() == 1
        && retry.maxDelay().isZero()
        && retry.jitter() == 0
        && retry.nonRetryable().isEmpty();
  }

  private static Map<String, @Nullable Object> retry(Retry retry) {
    Map<String, @Nullable Object> map = new LinkedHashMap<>();
    map.put("maxAttempts", retry.maxAttempts());
    map.put("delay", DurationText.millis(retry.delay()));
    map.put("factor", retry.factor());
    map.put("maxDelay", DurationText.millis(retry.maxDelay()));
    map.put("jitter", retry.jitter());
    if (!retry.nonRetryable().isEmpty()) {
      map.put("nonRetryable", retry.nonRetryable());
    }
    return map;
  }

  private static void putIfAny(
      Map<String, @Nullable Object> map, String name, Map<String, @Nullable Object> members) {
    if (!members.isEmpty()) {
      map.put(name, members);
    }
  }

  private static void putIfPresent(
      Map<String, @Nullable Object> map, String name, @Nullable String text) {
    if (text != null) {
      map.put(name, text);
    }
  }

  private static void putLocation(
      Map<String, @Nullable Object> map, @Nullable SourceLocation location) {
    if (location != null) {
      Map<String, @Nullable Object> members = new LinkedHashMap<>();
      members.put("file", location.file());
      members.put("line", location.line());
      members.put("column", location.column());
      map.put("_sourceLocation", members);
    }
  }
}
