package io.flowcraft.testkit.simulation;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/**
 * Everything that happens, one thing after the other on one thread. What is ready runs in an order
 * that the seed decides; time passes when nothing is ready.
 */
final class World {

  static final Instant BEGIN = Instant.parse("2030-01-01T00:00:00Z");

  private final SplittableRandom random;
  private final List<Happening> ready = new ArrayList<>();
  private final PriorityQueue<Alarm> alarms =
      new PriorityQueue<>(Comparator.comparing(Alarm::at).thenComparing(Alarm::number));
  private Instant now = BEGIN;
  private long number;
  private long steps;

  World(long seed) {
    this.random = new SplittableRandom(seed);
  }

  /** Something that can happen now, if its host lives to see it. */
  private record Happening(@Nullable Host host, Runnable action) {

    boolean isVoid() {
      return host != null && !host.isAlive();
    }
  }

  /** Something that will be ready at a time. */
  static final class Alarm {

    private final Instant at;
    private final long number;
    private final Happening happening;
    private boolean cancelled;

    private Alarm(Instant at, long number, Happening happening) {
      this.at = at;
      this.number = number;
      this.happening = happening;
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

  /** How much has happened. */
  long steps() {
    return steps;
  }

  SplittableRandom random() {
    return random;
  }

  boolean chance(double probability) {
    return random.nextDouble() < probability;
  }

  /** Lets something happen sooner or later, without time passing. */
  void ready(@Nullable Host host, Runnable action) {
    ready.add(new Happening(host, action));
  }

  /** Lets something happen at a time. */
  Alarm at(Instant time, @Nullable Host host, Runnable action) {
    Alarm alarm = new Alarm(time, number++, new Happening(host, action));
    alarms.add(alarm);
    return alarm;
  }

  /** Lets one thing happen; false if nothing is left before a time. */
  boolean step(Instant end) {
    steps++;
    while (!ready.isEmpty()) {
      int chosen = random.nextInt(ready.size());
      Happening next = ready.get(chosen);
      int last = ready.size() - 1;
      ready.set(chosen, ready.get(last));
      ready.remove(last);
      if (!next.isVoid()) {
        next.action().run();
        return true;
      }
    }
    Alarm first = alarms.peek();
    if (first == null || first.at().isAfter(end)) {
      return false;
    }
    alarms.remove();
    now = first.at();
    if (!first.cancelled) {
      ready.add(first.happening);
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
