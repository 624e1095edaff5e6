package io.flowcraft.json;

/** What a message is about, at its beginning. */
final class Subject {

  private Subject() {}

  /** The name of a value, written as a sentence begins. */
  static String of(String what) {
    return what.isEmpty() ? what : Character.toUpperCase(what.charAt(0)) + what.substring(1);
  }
}
