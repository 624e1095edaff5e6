package io.flowcraft.testkit.simulation;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What happened in a history, if somebody wants to know. */
final class Trace {

  private final boolean on;
  private final List<Event> events = new ArrayList<>();

  private Trace(boolean on) {
    this.on = on;
  }

  static Trace off() {
    return new Trace(false);
  }

  static Trace on() {
    return new Trace(true);
  }

  /**
   * Something that happened.
   *
   * @param millis when
   * @param from who did it, or to whom it happened
   * @param to who is told; null for nobody
   * @param text what
   */
  record Event(long millis, String from, @Nullable String to, String text) {}

  /** Something happens to somebody. */
  void note(World world, String who, Supplier<String> text) {
    if (on) {
      events.add(new Event(world.millis(), who, null, text.get()));
    }
  }

  /** Somebody tells something to somebody. */
  void message(World world, String from, String to, Supplier<String> text) {
    if (on) {
      events.add(new Event(world.millis(), from, to, text.get()));
    }
  }

  List<Event> events() {
    return events;
  }
}
