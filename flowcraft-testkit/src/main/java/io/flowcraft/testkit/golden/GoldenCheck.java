package io.flowcraft.testkit.golden;

/** Something recorded that can be checked: a case, or a row of a table of a pure function. */
public interface GoldenCheck {

  /** Names it; unique within a folder of recordings. */
  String name();

  /** Whether it is marked with a quirk. */
  boolean isMarked();

  /** Runs it and compares. */
  GoldenResult check();
}
