package io.flowcraft.run;

import org.jspecify.annotations.Nullable;

/**
 * The answer to a waiting node.
 *
 * @param hasOutput whether there is an output, possibly null
 * @param output the node's output
 * @param action the node's action; null for none
 */
public record Resume(boolean hasOutput, @Nullable Object output, @Nullable String action) {

  /** An answer without output and action. */
  public static Resume empty() {
    return new Resume(false, null, null);
  }

  /** An answer with an action. */
  public static Resume action(String action) {
    return new Resume(false, null, action);
  }

  /** An answer with an output. */
  public static Resume with(@Nullable Object output) {
    return new Resume(true, output, null);
  }

  /** The same answer with an output. */
  public Resume output(@Nullable Object newOutput) {
    return new Resume(true, newOutput, action);
  }

  /** Never the data, which may be secret. */
  @Override
  public String toString() {
    return "Resume[hasOutput=" + hasOutput + ", action=" + action + "]";
  }
}
