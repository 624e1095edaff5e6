package io.flowcraft.json;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The way from a value down to where a walk through it is, so that a message can say what is wrong
 * where, and a cycle can be told from mere depth.
 */
final class Trail {

  private static final int USUAL_DEPTH = 8;
  private static final Object[] NOTHING = {};

  private @Nullable Object[] containers = NOTHING;
  private @Nullable Object[] positions = NOTHING;

  /** Goes into a list or map that has some containers around it. */
  void enter(Object container, int level) {
    if (level == containers.length) {
      containers = Arrays.copyOf(containers, level + USUAL_DEPTH);
      positions = Arrays.copyOf(positions, level + USUAL_DEPTH);
    }
    containers[level] = container;
  }

  /** Goes on to a member or an element of the container. */
  void at(int level, Object position) {
    positions[level] = position;
  }

  /** Leaves the container. */
  void leave(int level) {
    containers[level] = null;
  }

  /** The level at which a container comes again that is entered already, or -1. */
  int cycle(int level) {
    int entered = Math.min(level, containers.length);
    for (int outer = 0; outer < entered; outer++) {
      for (int inner = outer + 1; inner < entered; inner++) {
        if (containers[outer] != null && containers[outer] == containers[inner]) {
          return inner;
        }
      }
    }
    return -1;
  }

  /** The way as a JSON pointer, as the end of what was found; empty at the beginning. */
  String place(int level) {
    StringBuilder pointer = new StringBuilder();
    for (int i = 0; i < level && i < positions.length; i++) {
      String step = String.valueOf(positions[i]);
      pointer.append('/').append(step.replace("~", "~0").replace("/", "~1"));
    }
    return pointer.isEmpty() ? "" : " at \"" + pointer + "\"";
  }
}
