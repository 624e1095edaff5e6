package io.flowcraft.testkit.simulation;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What happens in a history, if somebody wants to know. */
final class Trace {

  private final boolean on;
  private final List<Event> events = new ArrayList<>();

  private Trace(boolean on) {
    this.on = on;
  }

  /** A trace that keeps nothing, and costs nothing. */
  static Trace off() {
    return new Trace(false);
  }

  /** A trace that keeps everything. */
  static Trace on() {
    return new Trace(true);
  }

  /** What an event is. */
  enum Kind {
    /** Somebody asks somebody for something that changes nothing. */
    QUESTION,
    /** Somebody asks somebody for something. */
    REQUEST,
    /** Somebody answers a question. */
    REPLY,
    /** Somebody answers a request. */
    ANSWER,
    /** A question is not answered in time. */
    SILENCE,
    /** Something happens to somebody. */
    INCIDENT;

    /** Whether it is of no interest if nothing else happens. */
    boolean isIdle() {
      return this == QUESTION || this == REPLY || this == SILENCE;
    }
  }

  /**
   * Something that happened.
   *
   * @param millis when
   * @param from who did it, or to whom it happened
   * @param to who is told; null for nobody
   * @param text what
   */
  record Event(long millis, Kind kind, String from, @Nullable String to, String text) {}

  /** Something happens to somebody. */
  void note(World world, String who, Supplier<String> text) {
    note(world, Kind.INCIDENT, who, text);
  }

  /** Something of a kind happens to somebody. */
  void note(World world, Kind kind, String who, Supplier<String> text) {
    if (on) {
      events.add(new Event(world.millis(), kind, who, null, text.get()));
    }
  }

  /** Somebody tells something to somebody. */
  void message(World world, Kind kind, String from, String to, Supplier<String> text) {
    if (on) {
      events.add(new Event(world.millis(), kind, from, to, text.get()));
    }
  }

  List<Event> events() {
    return events;
  }
}
