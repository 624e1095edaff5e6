package io.flowcraft.testkit.golden;

import io.flowcraft.run.Resume;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One call of the library.
 *
 * @param resume whether a paused run goes on, instead of a new one being started
 * @param nodeId the node to resume; null for the first that waits
 * @param resumeData the answer, members {@code output} and {@code action}
 * @param from the step whose paused run goes on; -1 for the step before
 */
record GoldenStep(
    boolean resume, @Nullable String nodeId, Map<String, @Nullable Object> resumeData, int from) {

  /** Reads a step of a case. */
  static GoldenStep read(@Nullable Object data) {
    Map<String, @Nullable Object> step = Tree.map(data);
    return new GoldenStep(
        "resume".equals(step.get("op")),
        Tree.textOrNull(step, "nodeId"),
        Tree.map(step.get("resumeData")),
        step.get("from") instanceof Number from ? from.intValue() : -1);
  }

  /** What a resume says. */
  Resume answer() {
    return new Resume(
        resumeData.containsKey("output"),
        resumeData.get("output"),
        Tree.textOrNull(resumeData, "action"));
  }
}
