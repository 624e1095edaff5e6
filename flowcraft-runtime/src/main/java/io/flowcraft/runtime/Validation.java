package io.flowcraft.runtime;

/** How strictly a blueprint is checked before a run of it starts. */
public enum Validation {
  /** Every error that the linter knows keeps the run from starting. */
  STRICT,
  /**
   * Accepts what the npm library accepts: edges to unknown nodes are ignored, an unknown
   * implementation fails when it is reached, the first of two nodes with one id counts.
   */
  COMPATIBLE
}
