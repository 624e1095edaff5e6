package io.flowcraft.testkit.simulation;

import java.util.List;

/** A history in words, a line for each thing that happened. */
final class HistoryText {

  private HistoryText() {}

  static String of(List<Trace.Event> events) {
    StringBuilder text = new StringBuilder();
    for (Trace.Event event : events) {
      text.append(String.format("%10.3f s  ", event.millis() / 1000.0));
      text.append(event.from());
      if (event.to() != null) {
        text.append(" -> ").append(event.to());
      }
      text.append(": ").append(event.text()).append('\n');
    }
    return text.toString();
  }
}
