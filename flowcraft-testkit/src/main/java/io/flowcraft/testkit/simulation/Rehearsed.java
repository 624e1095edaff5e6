package io.flowcraft.testkit.simulation;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What came of a {@link Rehearsal}.
 *
 * @param results what is stored at the end, in words: of each run, each node, each value of the
 *     context
 * @param executions whenever a node of the caller's was executed, in their order
 * @param effects what processes asked backends to change, in their order, in words
 * @param crash how the process died; null if none died by plan
 * @param defects what went wrong in the library itself
 * @param choices what was left to chance, to repeat it
 * @param steps how many things happened
 * @param history what happened, in words; empty if it was not to be told
 * @param diagram the same as a sequence diagram in the language of Mermaid
 */
@SuppressWarnings("ArrayRecordComponent") // the choices are handed back as they are
public record Rehearsed(
    Map<String, String> results,
    List<Execution> executions,
    List<String> effects,
    @Nullable Crash crash,
    List<String> defects,
    int[] choices,
    long steps,
    String history,
    String diagram) {

  /** Copies the collections. */
  public Rehearsed {
    results = Collections.unmodifiableMap(new LinkedHashMap<>(results));
    executions = List.copyOf(executions);
    effects = List.copyOf(effects);
    defects = List.copyOf(defects);
  }

  /**
   * A node was executed.
   *
   * @param runId the run
   * @param node the node, with the iterations of the loops around it
   * @param process where
   * @param millis when, since the beginning
   */
  public record Execution(String runId, String node, String process, long millis) {}

  /**
   * A process died.
   *
   * @param process which one
   * @param before whether it died before the effect, or after it
   * @param effect what it asked for last, in words
   * @param millis when, since the beginning
   */
  public record Crash(String process, boolean before, String effect, long millis) {}
}
