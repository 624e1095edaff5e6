package io.flowcraft.chaos;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/**
 * Which faults come, and how long they last: the same for the same seed. What they meet in the
 * fleet is up to the machine.
 */
final class Plan {

  private static final int TWO_OF = 4;

  private final Random random;
  private final int workers;
  private final List<Fault> deck = new ArrayList<>();

  Plan(long seed, int workers) {
    this.random = new Random(seed);
    this.workers = workers;
  }

  /** The next fault, or two that come at the same time. */
  List<Stroke> next() {
    Stroke first = stroke(draw());
    if (random.nextInt(TWO_OF) > 0) {
      return List.of(first);
    }
    Stroke second = stroke(draw());
    return first.fault().target().equals(second.fault().target())
        ? List.of(first)
        : List.of(first, second);
  }

  /** How long everything is left in peace then. */
  Duration peace() {
    return Duration.ofMillis(500 + random.nextInt(2_500));
  }

  /** Each fault comes once before one comes twice. */
  private Fault draw() {
    if (deck.isEmpty()) {
      deck.addAll(Arrays.asList(Fault.values()));
      Collections.shuffle(deck, random);
    }
    return deck.remove(deck.size() - 1);
  }

  private Stroke stroke(Fault fault) {
    int longest =
        switch (fault) {
          case WORKER_PAUSED -> 10_000;
          case WORKER_KILLED, KAFKA_PAUSED, CASSANDRA_PAUSED, REDIS_PAUSED -> 5_000;
          case KAFKA_KILLED, CASSANDRA_KILLED, REDIS_KILLED, REDIS_EMPTIED -> 2_000;
        };
    int worker = random.nextInt(workers);
    return new Stroke(fault, worker, Duration.ofMillis(longest / 4 + random.nextInt(longest)));
  }
}
