package io.flowcraft.blueprint;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Where a node's input comes from, if not from its incoming edges.
 *
 * <p>A source names, in this order: a context key if it begins with an underscore; the output of a
 * node; a path into the output of a node ({@code node.member.0}); a context key; a path into the
 * value of a context key.
 */
public sealed interface InputMapping {

  /**
   * The input is the value of one source.
   *
   * @param source the source
   */
  record Single(String source) implements InputMapping {}

  /**
   * The input is a map with the value of a source under each key.
   *
   * @param sources the sources by key of the input
   */
  record Keyed(Map<String, String> sources) implements InputMapping {

    /** Copies the map and keeps its order. */
    public Keyed {
      sources = Collections.unmodifiableMap(new LinkedHashMap<>(sources));
    }
  }

  /** A single source. */
  static InputMapping from(String source) {
    return new Single(source);
  }

  /** A source for each key of the input. */
  static InputMapping from(Map<String, String> sources) {
    return new Keyed(sources);
  }
}
