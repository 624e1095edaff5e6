package io.flowcraft.runtime.internal.engine;

import io.flowcraft.runtime.internal.graph.Graph;
import io.flowcraft.runtime.internal.graph.GraphEdge;
import io.flowcraft.spi.Payload;
import io.flowcraft.spi.Serializer;
import java.util.AbstractList;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A value that arrived at a node.
 *
 * @param edge the edge it came along; null for the input that a stand-in inherits
 * @param value the value; null for none
 */
record Delivered(@Nullable GraphEdge edge, @Nullable Payload value) {

  private static final int INHERITED = -1;

  /** The form in which a job carries values: a list of pairs of edge and value. */
  static @Nullable Payload pack(List<Delivered> values, Serializer serializer) {
    return values.isEmpty() ? null : Payload.of(new Packed(values), serializer);
  }

  /** Reads what {@link #pack} wrote. */
  static List<Delivered> unpack(@Nullable Payload packed, Graph graph, Serializer serializer) {
    if (packed == null || !(packed.value() instanceof List<?> pairs)) {
      return List.of();
    }
    if (pairs instanceof Packed own && own.isOf(graph)) {
      return own.values;
    }
    List<Delivered> values = new ArrayList<>(pairs.size());
    for (Object pair : pairs) {
      if (pair instanceof List<?> members && members.get(0) instanceof Number number) {
        int index = number.intValue();
        GraphEdge edge = index == INHERITED ? null : graph.edge(index);
        Payload value = members.size() > 1 ? Payload.of(members.get(1), serializer) : null;
        values.add(new Delivered(edge, value));
      }
    }
    return values;
  }

  /** The pairs, made when somebody writes them: a queue in memory never does. */
  private static final class Packed extends AbstractList<List<@Nullable Object>> {

    private final List<Delivered> values;

    Packed(List<Delivered> values) {
      this.values = values;
    }

    /** Whether the edges are this graph's own, and not those of another engine's. */
    boolean isOf(Graph graph) {
      // What comes along no edge stands in front.
      GraphEdge edge = values.get(values.size() - 1).edge;
      return edge == null || graph.edge(edge.index()) == edge;
    }

    @Override
    public List<@Nullable Object> get(int position) {
      Delivered delivered = values.get(position);
      Integer index = delivered.edge == null ? INHERITED : delivered.edge.index();
      if (delivered.value == null) {
        return Collections.singletonList(index);
      }
      return Collections.unmodifiableList(Arrays.asList(index, delivered.value.value()));
    }

    @Override
    public int size() {
      return values.size();
    }
  }
}
