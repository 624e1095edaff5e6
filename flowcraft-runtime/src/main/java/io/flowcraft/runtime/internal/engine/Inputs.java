package io.flowcraft.runtime.internal.engine;

import io.flowcraft.blueprint.InputMapping;
import io.flowcraft.runtime.internal.graph.GraphEdge;
import io.flowcraft.runtime.internal.graph.GraphNode;
import io.flowcraft.spi.Payload;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Resolves the input of a node: explicit sources if it has some, else what the last taken edge
 * delivered. An edge with a transform replaces a single explicit source, not a map of them.
 */
final class Inputs {

  private Inputs() {}

  /** Whether the input is what was delivered last, and nothing has to be read. */
  static boolean areDelivered(GraphNode node, List<Delivered> delivered) {
    if (delivered.isEmpty()) {
      return false;
    }
    boolean fromCreator = delivered.get(0).edge() == null && !node.isDeclared();
    return node.definition().inputs() == null || fromCreator;
  }

  /** What a run that begins delivers to a node: nothing has been decided that it could read. */
  static List<Delivered> atStart(RunFrame frame, GraphNode node, Values values) {
    if (node.definition().inputs() != null) {
      return List.of();
    }
    String key = ContextReader.INPUTS + node.id();
    Map<String, @Nullable Object> initial = frame.initial();
    boolean given = !initial.isEmpty() && initial.containsKey(key);
    return List.of(new Delivered(null, given ? values.payload(initial.get(key)) : null));
  }

  /** The input; null for none. */
  static @Nullable Payload resolve(
      GraphNode node,
      List<Delivered> delivered,
      Function<String, @Nullable Payload> read,
      Values values) {
    Delivered last = delivered.isEmpty() ? null : delivered.get(delivered.size() - 1);
    InputMapping mapping = mapping(node);
    if (mapping instanceof InputMapping.Keyed keyed) {
      Map<String, @Nullable Object> input = new LinkedHashMap<>();
      keyed
          .sources()
          .forEach(
              (key, source) -> {
                Payload value = source(source, read, values);
                if (value != null) {
                  input.put(key, value.value());
                }
              });
      return values.payload(values.data(input, "The input of node '" + node.id() + "'"));
    }
    if (mapping instanceof InputMapping.Single single && !(last != null && isTransformed(last))) {
      return source(single.source(), read, values);
    }
    if (last != null) {
      return last.value();
    }
    return read.apply(ContextReader.INPUTS + node.id());
  }

  private static @Nullable InputMapping mapping(GraphNode node) {
    InputMapping mapping = node.definition().inputs();
    return mapping instanceof InputMapping.Single single && single.source().isEmpty()
        ? null
        : mapping;
  }

  private static boolean isTransformed(Delivered delivered) {
    GraphEdge edge = delivered.edge();
    String transform = edge == null ? null : edge.definition().transform();
    return transform != null && !transform.isEmpty();
  }

  /** What an edge transforms: a single explicit source other than its own source, or the output. */
  static @Nullable Object named(
      GraphNode source,
      GraphNode target,
      Function<String, @Nullable Payload> read,
      Supplier<@Nullable Object> output) {
    if (mapping(target) instanceof InputMapping.Single single
        && !single.source().equals(source.id())) {
      String name = single.source();
      Payload value = read.apply(name.startsWith("_") ? name : ContextReader.OUTPUTS + name);
      if (value != null) {
        return value.value();
      }
    }
    return output.get();
  }

  /** The value of one source, in the order that {@link InputMapping} states. */
  static @Nullable Payload source(
      String source, Function<String, @Nullable Payload> read, Values values) {
    if (BatchItems.isShared(source)) {
      return BatchItems.read(source, read, values);
    }
    if (source.startsWith("_")) {
      return read.apply(source);
    }
    Payload output = read.apply(ContextReader.OUTPUTS + source);
    if (output == null) {
      output = read.apply(source);
    }
    if (output != null || source.indexOf('.') < 0) {
      return output;
    }
    int dot = source.indexOf('.');
    String base = source.substring(0, dot);
    Payload root = read.apply(ContextReader.OUTPUTS + base);
    if (root == null) {
      root = read.apply(base);
    }
    return root == null ? null : member(root.value(), source.substring(dot + 1), values);
  }

  private static @Nullable Payload member(@Nullable Object root, String path, Values values) {
    Object current = root;
    for (String part : path.split("\\.", -1)) {
      if (current instanceof Map<?, ?> map && map.containsKey(part)) {
        current = map.get(part);
      } else if (current instanceof List<?> list && part.matches("\\d{1,9}")) {
        int index = Integer.parseInt(part);
        if (index >= list.size()) {
          return null;
        }
        current = list.get(index);
      } else {
        return null;
      }
    }
    return values.payload(current);
  }
}
