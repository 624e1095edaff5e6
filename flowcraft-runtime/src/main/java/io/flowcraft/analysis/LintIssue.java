package io.flowcraft.analysis;

/**
 * Something that is wrong with a blueprint, or may be.
 *
 * @param code the rule that is broken; stable
 * @param severity how bad it is
 * @param message what was found
 * @param place the node's id, the edge as {@code source -> target}, or empty for the blueprint
 * @param remedy what to do
 */
public record LintIssue(
    String code, Severity severity, String message, String place, String remedy) {

  /** How bad an issue is. */
  public enum Severity {
    /** The blueprint can't do what it says. */
    ERROR,
    /** It can, but hardly what was meant. */
    WARNING
  }
}
