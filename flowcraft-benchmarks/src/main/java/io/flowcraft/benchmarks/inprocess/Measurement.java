package io.flowcraft.benchmarks.inprocess;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/** The figures of all cases and systems. */
final class Measurement {

  /** Who ran what. */
  private record Key(Case measured, String system) {}

  private final Map<Key, Figures> figures = new LinkedHashMap<>();

  Measurement(Plan plan) {
    for (Case measured : plan.cases()) {
      for (String system : Systems.ALL) {
        figures.put(new Key(measured, system), new Figures());
      }
    }
  }

  Figures of(Case measured, String system) {
    return Objects.requireNonNull(figures.get(new Key(measured, system)));
  }
}
