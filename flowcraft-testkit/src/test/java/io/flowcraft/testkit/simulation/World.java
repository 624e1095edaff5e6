package io.flowcraft.testkit.simulation;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.SplittableRandom;

/**
 * Everything that happens, one thing after the other on one thread. What is ready runs in an order
 * that the seed decides; time passes when nothing is ready.
 */
final class World {

  static final Instant BEGIN = Instant.parse("2030-01-01T00:00:00Z");

  private final SplittableRandom random;
  private final List<Runnable> ready = new ArrayList<>();
  private final PriorityQueue<Alarm> alarms =
      new PriorityQueue<>(Comparator.comparing(Alarm::at).thenComparing(Alarm::number));
  private Instant now = BEGIN;
  private long number;

  World(long seed) {
    this.random = new SplittableRandom(seed);
  }

  /** Something that will be ready at a time. */
  static final class Alarm {

    private final Instant at;
    private final long number;
    private final Runnable action;
    private boolean cancelled;

    private Alarm(Instant at, long number, Runnable action) {
      this.at = at;
      this.number = number;
      this.action = action;
    }

    Instant at() {
      return at;
    }

    long number() {
      return number;
    }

    void cancel() {
      cancelled = true;
    }
  }

  Instant now() {
    return now;
  }

  SplittableRandom random() {
    return random;
  }

  boolean chance(double probability) {
    return random.nextDouble() < probability;
  }

  /** Lets something happen sooner or later, without time passing. */
  void ready(Runnable action) {
    ready.add(action);
  }

  /** Lets something happen at a time. */
  Alarm at(Instant time, Runnable action) {
    Alarm alarm = new Alarm(time, number++, action);
    alarms.add(alarm);
    return alarm;
  }

  /** Lets one thing happen; false if nothing is left before a time. */
  boolean step(Instant end) {
    if (!ready.isEmpty()) {
      int chosen = random.nextInt(ready.size());
      Runnable next = ready.get(chosen);
      int last = ready.size() - 1;
      ready.set(chosen, ready.get(last));
      ready.remove(last);
      next.run();
      return true;
    }
    Alarm first = alarms.peek();
    if (first == null || first.at().isAfter(end)) {
      return false;
    }
    alarms.remove();
    now = first.at();
    if (!first.cancelled) {
      ready.add(first.action);
    }
    return true;
  }

  /** Lets everything happen until a time. */
  void run(Instant end) {
    boolean more = true;
    while (more) {
      more = step(end);
    }
  }
}
