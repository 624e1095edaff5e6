package io.flowcraft.testkit.simulation;

import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Decides which faults a history has, and where. They are few, and some time they are over. */
final class Faults {

  private static final long HORIZON_MILLIS = Duration.ofHours(2).toMillis();

  private static final Set<Fault> AT_CALLS =
      EnumSet.range(Fault.PROCESS_KILLED, Fault.COORDINATION_SET_BACK);
  private static final Set<Fault> AT_RECORDS =
      EnumSet.range(Fault.RECORD_LOST, Fault.RECORD_DELAYED);
  private static final Set<Fault> AT_ENDINGS = EnumSet.of(Fault.ACKNOWLEDGEMENT_LOST);

  private static final Duration[] DELAYS = {
    Duration.ofSeconds(1),
    Duration.ofSeconds(20),
    Duration.ofSeconds(60),
    Duration.ofSeconds(170),
    Duration.ofSeconds(400),
    Duration.ofSeconds(1500)
  };

  private static final Duration[] OUTAGES = {
    Duration.ofSeconds(1), Duration.ofSeconds(10), Duration.ofSeconds(60), Duration.ofSeconds(180)
  };

  private final World world;
  private final Duration patience;
  private final List<Fault> atCalls;
  private final List<Fault> atRecords;
  private final List<Fault> atEndings;
  private final Map<Fault, Integer> injected = new EnumMap<>(Fault.class);
  private long begin;

  /**
   * The faults of a history.
   *
   * @param enabled what may go wrong
   * @param patience everything must come to its end in so much time behind the last fault
   */
  Faults(World world, Set<Fault> enabled, Duration patience) {
    this.world = world;
    this.patience = patience;
    this.atCalls = both(AT_CALLS, enabled);
    this.atRecords = both(AT_RECORDS, enabled);
    this.atEndings = both(AT_ENDINGS, enabled);
    world.endsAfter(patience);
  }

  private static List<Fault> both(Set<Fault> kinds, Set<Fault> enabled) {
    List<Fault> both = new ArrayList<>(kinds);
    both.retainAll(enabled);
    return both;
  }

  /** What goes wrong with a call; null for nothing. */
  @Nullable Fault atCall() {
    return choose(atCalls);
  }

  /** What goes wrong with a new record; null for nothing. */
  @Nullable Fault atRecord() {
    return choose(atRecords);
  }

  /** What goes wrong with the end of a delivery; null for nothing. */
  @Nullable Fault atEnding() {
    return choose(atEndings);
  }

  /** From now on there may be faults for a while. */
  void beginAnew() {
    begin = world.millis();
  }

  private @Nullable Fault choose(List<Fault> kinds) {
    if (kinds.isEmpty() || world.millis() - begin > HORIZON_MILLIS) {
      return null;
    }
    int choice = world.choices().fault(kinds.size());
    if (choice == 0) {
      return null;
    }
    Fault fault = kinds.get(choice - 1);
    injected.merge(fault, 1, Integer::sum);
    world.endsAfter(patience);
    return fault;
  }

  /** Some time, from a moment to much longer than any lease. */
  Duration delay() {
    return some(DELAYS);
  }

  /** How long something can't be reached: not too long, as everybody tries again all the time. */
  Duration outage() {
    return some(OUTAGES);
  }

  private Duration some(Duration[] times) {
    Duration delay = times[world.choices().among(times.length)];
    world.endsAfter(patience.plus(delay));
    return delay;
  }

  /** How often each fault has happened. */
  Map<Fault, Integer> injected() {
    return injected;
  }
}
