package io.flowcraft.runtime;

import io.flowcraft.error.ErrorCode;
import io.flowcraft.error.FlowcraftException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Gathers what is wrong with a configuration, so that all of it is told at once. */
final class Configuration {

  private final List<FlowcraftException> problems = new ArrayList<>();

  /** The value, or null if there is none because of a problem. */
  <T> @Nullable T check(Supplier<T> value) {
    try {
      return value.get();
    } catch (FlowcraftException e) {
      problems.add(e);
      return null;
    }
  }

  /** Notes that a setting is not acceptable, unless a condition holds. */
  void require(boolean condition, String problem) {
    if (!condition) {
      problems.add(new FlowcraftException(ErrorCode.CONFIG_INVALID, problem));
    }
  }

  /** Throws the only problem as it is, or one that lists them. */
  void throwIfAny() {
    if (problems.isEmpty()) {
      return;
    }
    if (problems.size() == 1) {
      throw problems.get(0);
    }
    throw new FlowcraftException(
        ErrorCode.CONFIG_INVALID,
        "The runtime has "
            + problems.size()
            + " problems:"
            + problems.stream()
                .map(problem -> "\n- " + problem.getMessage())
                .collect(Collectors.joining()));
  }
}
