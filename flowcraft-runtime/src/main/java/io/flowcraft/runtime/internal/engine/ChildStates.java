package io.flowcraft.runtime.internal.engine;

import io.flowcraft.spi.Outcome;
import io.flowcraft.spi.RunSlice;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Shows the state of parked child runs within the data of their parent, as text. */
final class ChildStates {

  private static final String KEY = "_subflowState.";

  private ChildStates() {}

  static void add(
      Services services,
      Function<String, @Nullable Map<String, @Nullable Object>> contextOf,
      RunSlice slice,
      Map<String, @Nullable Object> context) {
    for (Outcome outcome : slice.outcomes().values()) {
      if (ContextSnapshot.isParked(outcome)
          && Detail.of(outcome).get(Detail.CHILD) instanceof String childRunId) {
        Map<String, @Nullable Object> child = contextOf.apply(childRunId);
        if (child != null) {
          context.put(KEY + outcome.nodeId(), services.values().serializer().serialize(child));
        }
      }
    }
  }
}
