package io.flowcraft.chaos;

import java.time.Duration;

/**
 * A fault in a plan.
 *
 * @param fault what happens
 * @param worker which worker it befalls; means nothing for faults of servers
 * @param lasting how long it is before the repair begins
 */
record Stroke(Fault fault, int worker, Duration lasting) {

  @Override
  public String toString() {
    return fault
        + (fault.target().equals("WORKER") ? " " + worker : "")
        + " for "
        + lasting.toMillis()
        + " ms";
  }
}
