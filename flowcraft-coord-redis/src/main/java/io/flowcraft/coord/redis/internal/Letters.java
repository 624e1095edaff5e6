package io.flowcraft.coord.redis.internal;

import io.flowcraft.blueprint.Join;
import io.flowcraft.spi.EdgeState;
import io.flowcraft.spi.JoinSpec;

/** What the scripts call things. */
final class Letters {

  private Letters() {}

  static String of(EdgeState state) {
    return switch (state) {
      case TAKEN -> "T";
      case SKIPPED -> "S";
      case DEAD -> "D";
    };
  }

  static String of(Join.Kind rule) {
    return switch (rule) {
      case ALL -> "L";
      case EVERY -> "E";
      case ANY -> "A";
      case AT_LEAST -> "N";
    };
  }

  static JoinSpec.State state(String letter) {
    return switch (letter) {
      case "R" -> JoinSpec.State.READY;
      case "S" -> JoinSpec.State.SKIPPED;
      case "D" -> JoinSpec.State.DEAD;
      default -> throw new IllegalArgumentException("A join is in the unknown state " + letter);
    };
  }
}
