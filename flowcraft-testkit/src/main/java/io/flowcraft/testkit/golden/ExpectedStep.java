package io.flowcraft.testkit.golden;

import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a step led to in the recording.
 *
 * @param outcome the outcome
 * @param ordered whether the order of events is fixed
 * @param scheduleDependentKeys the context keys whose values depended on timing
 */
record ExpectedStep(StepOutcome outcome, boolean ordered, Set<String> scheduleDependentKeys) {

  /** Reads a recorded step. */
  static ExpectedStep read(@Nullable Object data) {
    Map<String, @Nullable Object> step = Tree.map(data);
    return new ExpectedStep(
        StepOutcome.read(step),
        "total".equals(step.get("eventOrder")),
        Set.copyOf(Tree.texts(step.get("scheduleDependentKeys"))));
  }
}
