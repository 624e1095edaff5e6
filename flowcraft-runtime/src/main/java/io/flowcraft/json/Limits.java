package io.flowcraft.json;

/**
 * How much data one value may be.
 *
 * @param maxLength the most characters that the value may have as JSON text
 * @param maxDepth the most lists and maps that may be nested in each other
 */
public record Limits(int maxLength, int maxDepth) {

  /** Eight million characters, 200 levels. */
  public static final Limits DEFAULT = new Limits(8 * 1024 * 1024, 200);

  /**
   * Values are walked recursively, so that more levels than these could exhaust a thread's stack.
   */
  static final int DEEPEST = 1_000;

  /** Refuses limits that nothing could keep or that no thread could walk. */
  public Limits {
    if (maxLength < 1) {
      throw new IllegalArgumentException(
          "Limits.maxLength is " + maxLength + "; expected: at least 1.");
    }
    if (maxDepth < 1 || maxDepth > DEEPEST) {
      throw new IllegalArgumentException(
          "Limits.maxDepth is " + maxDepth + "; expected: from 1 to " + DEEPEST + ".");
    }
  }
}
