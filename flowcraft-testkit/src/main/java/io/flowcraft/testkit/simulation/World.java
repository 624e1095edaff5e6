package io.flowcraft.testkit.simulation;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Everything that happens, one thing after the other on one thread. What is ready runs in an order
 * that is left to choice; time passes when nothing is ready.
 */
final class World {

  private static final long BEGIN = Instant.parse("2030-01-01T00:00:00Z").toEpochMilli();
  private static final Duration FOREVER = Duration.ofDays(10_000);

  private final Choices choices;
  private final List<Task> ready = new ArrayList<>();
  private final PriorityQueue<Alarm> alarms =
      new PriorityQueue<>(Comparator.comparing(Alarm::at).thenComparing(Alarm::number));
  private long millis;
  private long end = Long.MAX_VALUE;
  private long alarmNumber;
  private long steps;
  private boolean over;
  private int escaped;

  World(Choices choices) {
    this.choices = choices;
  }

  /**
   * Something that can happen now.
   *
   * @param owner the process that it happens in; null if in none
   */
  record Task(@Nullable Host owner, Runnable action) {}

  /** Something that happens at a time. */
  static final class Alarm {

    private final long at;
    private final long number;
    private final Runnable action;
    private boolean cancelled;

    private Alarm(long at, long number, Runnable action) {
      this.at = at;
      this.number = number;
      this.action = action;
    }

    private long at() {
      return at;
    }

    private long number() {
      return number;
    }

    void cancel() {
      cancelled = true;
    }
  }

  /** How long the world has existed. */
  long millis() {
    return millis;
  }

  /** What a clock without skew shows. */
  Instant now() {
    return Instant.ofEpochMilli(BEGIN + millis);
  }

  Choices choices() {
    return choices;
  }

  /** How many things have happened. */
  long steps() {
    return steps;
  }

  /** How many exceptions nobody has caught. */
  int escaped() {
    return escaped;
  }

  /** Lets something happen outside all processes, sooner or later, without time passing. */
  void ready(Runnable action) {
    ready.add(new Task(null, action));
  }

  /** Lets something happen in a process, sooner or later, without time passing. */
  void ready(Host owner, Runnable action) {
    ready.add(new Task(owner, action));
  }

  /** Lets something happen after a while. */
  Alarm after(Duration delay, Runnable action) {
    long at =
        delay.compareTo(FOREVER) > 0
            ? Long.MAX_VALUE
            : millis + (delay.toNanos() + 999_999) / 1_000_000;
    Alarm alarm = new Alarm(at, alarmNumber++, action);
    if (at != Long.MAX_VALUE) {
      alarms.add(alarm);
    }
    return alarm;
  }

  /** Takes away, and returns in their order, the tasks that could happen in a process. */
  List<Runnable> takeFrom(Host owner) {
    List<Runnable> taken = new ArrayList<>();
    Predicate<Task> its = task -> task.owner == owner;
    ready.stream().filter(its).forEach(task -> taken.add(task.action));
    ready.removeIf(its);
    return taken;
  }

  /** Whether nothing can happen without time passing. */
  boolean isQuiet() {
    return ready.isEmpty();
  }

  /** From this moment on, so much time passes at most. */
  void endsAfter(Duration rest) {
    end = millis + rest.toMillis();
  }

  /** Nothing happens any more. */
  void stop() {
    over = true;
  }

  boolean isOver() {
    return over;
  }

  /** Lets one thing happen; false if nothing can any more. */
  boolean step() {
    if (over) {
      return false;
    }
    if (ready.isEmpty()) {
      return pass();
    }
    Task next = ready.remove(choices.order(ready.size()));
    steps++;
    try {
      next.action.run();
    } catch (ProcessDeath death) {
      // It was in a process that has been killed meanwhile.
      return !over;
    } catch (RuntimeException e) {
      // Nobody is there to see it; a thread of the process is free again.
      escaped++;
    }
    return true;
  }

  private boolean pass() {
    Alarm first = alarms.poll();
    if (first == null || first.at > end) {
      over = true;
      return false;
    }
    if (!first.cancelled) {
      millis = first.at;
      ready.add(new Task(null, first.action));
    }
    return true;
  }
}
