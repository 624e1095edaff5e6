package io.flowcraft.testkit.golden;

import java.util.List;

/** Something recorded that can be checked: a case, or a row of a table of a pure function. */
public interface GoldenCheck {

  /** Names it; unique within a folder of recordings. */
  String name();

  /** Whether it shows an arguable behaviour, so that deviating from it may be on purpose. */
  boolean isQuirk();

  /** Where our behaviour differs from the recorded one, in words; empty if it does not. */
  List<String> differences();
}
