package io.flowcraft.runtime.internal.engine;

import io.flowcraft.runtime.internal.graph.Graph;
import io.flowcraft.runtime.internal.graph.GraphEdge;
import io.flowcraft.spi.Payload;
import io.flowcraft.spi.Serializer;
import java.util.ArrayList;
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
    if (values.isEmpty()) {
      return null;
    }
    List<@Nullable Object> packed = new ArrayList<>(values.size());
    for (Delivered delivered : values) {
      Integer index = delivered.edge == null ? INHERITED : delivered.edge.index();
      if (delivered.value == null) {
        packed.add(List.of(index));
      } else {
        List<@Nullable Object> pair = new ArrayList<>(2);
        pair.add(index);
        pair.add(delivered.value.value());
        packed.add(Collections.unmodifiableList(pair));
      }
    }
    return Payload.of(Collections.unmodifiableList(packed), serializer);
  }

  /** Reads what {@link #pack} wrote. */
  static List<Delivered> unpack(@Nullable Payload packed, Graph graph, Serializer serializer) {
    if (packed == null || !(packed.value() instanceof List<?> pairs)) {
      return List.of();
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
}
