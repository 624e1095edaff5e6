package io.flowcraft.testkit.simulation;

/**
 * A history in which something was that must never be.
 *
 * @param workload what was run
 * @param seed the seed of the history
 * @param invariant what did not hold
 * @param details how that showed
 * @param history what happened, in words, after everything was left out that does not matter
 * @param diagram the same as a sequence diagram in the language of Mermaid
 * @param command the line that shows the history again, if the workload is a standard one
 */
public record Violation(
    String workload,
    long seed,
    String invariant,
    String details,
    String history,
    String diagram,
    String command) {

  /** Everything about it. */
  @Override
  public String toString() {
    return "VIOLATION of \""
        + invariant
        + "\" by workload "
        + workload
        + ", seed "
        + seed
        + "\n"
        + details
        + "\n\n"
        + history
        + "\n```mermaid\n"
        + diagram
        + "```\n\nTo see it again: "
        + command
        + "\n";
  }
}
