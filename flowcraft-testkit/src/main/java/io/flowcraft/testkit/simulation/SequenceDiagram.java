package io.flowcraft.testkit.simulation;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** A history as a sequence diagram in the language of Mermaid. */
final class SequenceDiagram {

  private static final List<String> BACKENDS = List.of("queue", "store", "coordination");
  private static final int LONGEST_TEXT = 100;

  private SequenceDiagram() {}

  /** The diagram. */
  static String of(List<Trace.Event> events) {
    List<Trace.Event> shown = HistoryText.withoutIdleness(events);
    StringBuilder text = new StringBuilder("sequenceDiagram\n");
    for (String participant : participants(shown)) {
      text.append("  participant ").append(participant).append('\n');
    }
    for (Trace.Event event : shown) {
      text.append("  ").append(line(event)).append('\n');
    }
    return text.toString();
  }

  private static Set<String> participants(List<Trace.Event> events) {
    Set<String> named = new TreeSet<>();
    for (Trace.Event event : events) {
      named.add(event.from());
      if (event.to() != null) {
        named.add(event.to());
      }
    }
    Set<String> ordered = new LinkedHashSet<>(named);
    BACKENDS.forEach(ordered::remove);
    BACKENDS.stream().filter(named::contains).forEach(ordered::add);
    return ordered;
  }

  private static String line(Trace.Event event) {
    String text = escape(event.text());
    return switch (event.kind()) {
      case QUESTION, REQUEST -> event.from() + "->>" + event.to() + ": " + text;
      case REPLY, ANSWER -> event.from() + "-->>" + event.to() + ": " + text;
      case INCIDENT, SILENCE ->
          "Note over " + event.from() + ": " + event.millis() / 1000 + " s: " + text;
    };
  }

  /** On one line, not too long, and without the characters that mean something to Mermaid. */
  private static String escape(String text) {
    String line = text.lines().findFirst().orElse("");
    String cut = line.length() > LONGEST_TEXT ? line.substring(0, LONGEST_TEXT) + "…" : line;
    return cut.replace(";", ",").replace("#", "#35;");
  }
}
