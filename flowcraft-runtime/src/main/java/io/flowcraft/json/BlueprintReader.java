package io.flowcraft.json;

import io.flowcraft.blueprint.Blueprint;
import io.flowcraft.blueprint.EdgeDefinition;
import io.flowcraft.blueprint.InputMapping;
import io.flowcraft.blueprint.NodeConfig;
import io.flowcraft.blueprint.NodeDefinition;
import io.flowcraft.blueprint.SourceLocation;
import io.flowcraft.error.ErrorCode;
import io.flowcraft.error.FlowcraftException;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Builds a blueprint from normalized data. */
final class BlueprintReader {

  private final BlueprintLimits limits;
  private final Problems problems;

  BlueprintReader(BlueprintLimits limits, String what) {
    this.limits = limits;
    this.problems = new Problems(what);
  }

  Blueprint blueprint(@Nullable Object data) {
    Members root = Members.of(data, "", problems).orElse(null);
    if (root == null) {
      problems.throwIfAny();
      throw new IllegalStateException("a document that is no map passed as one");
    }
    checkSize(root, "nodes", limits.maxNodes());
    checkSize(root, "edges", limits.maxEdges());
    String id = root.requiredText("id");
    List<NodeDefinition> nodes = root.elements("nodes").stream().map(this::node).toList();
    List<EdgeDefinition> edges = root.elements("edges").stream().map(this::edge).toList();
    Map<String, @Nullable Object> metadata = data(root, "metadata");
    problems.throwIfAny();
    return new Blueprint(id, nodes, edges, metadata);
  }

  NodeDefinition node(@Nullable Object data) {
    return whole(data, this::node);
  }

  EdgeDefinition edge(@Nullable Object data) {
    return whole(data, this::edge);
  }

  private <T> T whole(@Nullable Object data, Function<Members, T> reader) {
    T part = Members.of(data, "", problems).map(reader).orElse(null);
    problems.throwIfAny();
    if (part == null) {
      throw new IllegalStateException("a part that is no map passed as one");
    }
    return part;
  }

  private NodeDefinition node(Members node) {
    return new NodeDefinition(
        node.requiredText("id"),
        node.requiredText("uses"),
        data(node, "params"),
        inputs(node),
        node.members("config").map(ConfigReader::read).orElse(NodeConfig.DEFAULT),
        location(node));
  }

  private EdgeDefinition edge(Members edge) {
    return new EdgeDefinition(
        edge.requiredText("source"),
        edge.requiredText("target"),
        edge.text("action"),
        edge.text("condition"),
        edge.text("transform"),
        location(edge));
  }

  private static Map<String, @Nullable Object> data(Members members, String name) {
    return members.members(name).map(Members::data).orElse(Map.of());
  }

  /** An empty text means the same as no inputs; an empty map is a choice. */
  private static @Nullable InputMapping inputs(Members node) {
    if (node.raw("inputs") instanceof String source) {
      return source.isEmpty() ? null : InputMapping.from(source);
    }
    Members keyed = node.members("inputs").orElse(null);
    if (keyed == null) {
      return null;
    }
    Map<String, String> sources = new LinkedHashMap<>();
    for (Object key : keyed.names()) {
      String source = keyed.text((String) key);
      if (source == null) {
        continue;
      }
      sources.put((String) key, source);
    }
    return InputMapping.from(sources);
  }

  private static @Nullable SourceLocation location(Members owner) {
    Members location = owner.members("_sourceLocation").orElse(null);
    if (location == null) {
      return null;
    }
    String file = location.text("file");
    int line = location.integer("line").orElse(0);
    return new SourceLocation(file == null ? "" : file, line, location.integer("column").orElse(0));
  }

  private static void checkSize(Members root, String name, int limit) {
    int size = 0;
    if (root.raw(name) instanceof Collection<?> list) {
      size = list.size();
    } else if (root.raw(name) instanceof Map<?, ?> map) {
      size = map.size();
    }
    if (size > limit) {
      throw new FlowcraftException(
          ErrorCode.PAYLOAD_TOO_LARGE,
          "The blueprint can't be read: found "
              + size
              + " "
              + name
              + "; expected at most "
              + limit
              + ". Split the workflow into sub-workflows, or raise the limit.");
    }
  }
}
