package io.flowcraft.testkit.golden;

import java.util.List;

/**
 * What became of a check.
 *
 * @param name the name of the check
 * @param deviationAllowed whether a difference may be on purpose: the recording shows a quirk, or
 *     needs the barrier of the original
 * @param differences where our behaviour differs from the recorded one, in words
 */
public record GoldenResult(String name, boolean deviationAllowed, List<String> differences) {

  /** Copies the differences. */
  public GoldenResult {
    differences = List.copyOf(differences);
  }

  /** Whether our behaviour is the recorded one. */
  public boolean isAsRecorded() {
    return differences.isEmpty();
  }
}
