package io.flowcraft.testkit.broken;

import java.util.function.UnaryOperator;

/**
 * A way to break a backend.
 *
 * @param words what the kit says about it
 * @param breaking breaks a good backend
 */
record Broken<T>(String words, UnaryOperator<T> breaking) {

  static <T> Broken<T> of(String words, UnaryOperator<T> breaking) {
    return new Broken<>(words, breaking);
  }
}
