package io.flowcraft.testkit.simulation;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * A history in words, a line for each thing that happened, without the time in which nothing did.
 */
final class HistoryText {

  private static final int IDLE_MOMENTS = 2;
  private static final int MOST_EVENTS = 400;

  private HistoryText() {}

  /** The history as text. */
  static String of(List<Trace.Event> events) {
    StringBuilder text = new StringBuilder();
    List<Trace.Event> shown = withoutIdleness(events);
    long last = 0;
    for (Trace.Event event : shown) {
      last = event.millis();
      text.append(String.format(Locale.ROOT, "%10.3f s  ", last / 1000.0)).append(event.from());
      if (event.to() != null) {
        text.append(" -> ").append(event.to());
      }
      text.append(": ").append(event.text()).append('\n');
    }
    if (shown.size() == MOST_EVENTS) {
      text.append("           and so on\n");
    }
    return text.toString();
  }

  /**
   * The events but those of the moments in which somebody looks and finds nothing to do, again and
   * again.
   */
  static List<Trace.Event> withoutIdleness(List<Trace.Event> events) {
    List<Trace.Event> kept = new ArrayList<>();
    int idle = 0;
    int from = 0;
    while (from < events.size() && kept.size() < MOST_EVENTS) {
      int to = endOfMoment(events, from);
      List<Trace.Event> moment = events.subList(from, to);
      boolean isIdle = moment.stream().allMatch(event -> event.kind().isIdle());
      idle = isIdle ? idle + 1 : 0;
      if (idle <= IDLE_MOMENTS) {
        kept.addAll(moment);
      }
      from = to;
    }
    return kept.size() > MOST_EVENTS ? kept.subList(0, MOST_EVENTS) : kept;
  }

  private static int endOfMoment(List<Trace.Event> events, int from) {
    int to = from;
    while (to < events.size() && events.get(to).millis() == events.get(from).millis()) {
      to++;
    }
    return to;
  }
}
