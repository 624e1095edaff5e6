package io.flowcraft.testkit.simulation;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Which backends can't be reached, and by whom. */
final class Outages {

  private static final String EVERYBODY = "*";

  /** The backends that calls go to. */
  static final List<String> BACKENDS =
      List.of(CoordinationConnection.COORDINATION, StoreConnection.STORE, QueueConnection.QUEUE);

  private final World world;
  private final Map<String, Long> until = new TreeMap<>();

  Outages(World world) {
    this.world = world;
  }

  /** From now on, nobody reaches a backend for a while. */
  void down(String backend, Duration time) {
    until.put(EVERYBODY + backend, world.millis() + time.toMillis());
  }

  /** From now on, a process does not reach a backend for a while. */
  void cutOff(Host host, String backend, Duration time) {
    until.put(host.name() + backend, world.millis() + time.toMillis());
  }

  /** Whether a process does not reach a backend. */
  boolean isCutOff(Host host, String backend) {
    return !until.isEmpty() && (isOn(EVERYBODY + backend) || isOn(host.name() + backend));
  }

  /** Whether there is a backend that a process does not reach. */
  boolean isCutOff(Host host) {
    if (until.isEmpty()) {
      return false;
    }
    for (String backend : BACKENDS) {
      if (isCutOff(host, backend)) {
        return true;
      }
    }
    return false;
  }

  /** Whether somebody does not reach something. */
  boolean areOn() {
    return until.values().stream().anyMatch(end -> end > world.millis());
  }

  private boolean isOn(String outage) {
    Long end = until.get(outage);
    return end != null && end > world.millis();
  }
}
