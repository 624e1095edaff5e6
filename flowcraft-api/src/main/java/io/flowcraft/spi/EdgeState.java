package io.flowcraft.spi;

/** How an edge was decided. */
public enum EdgeState {
  /** It was followed. */
  TAKEN,
  /** It was not followed, as planned. */
  SKIPPED,
  /** It can't be followed, because of a failure before it. */
  DEAD
}
