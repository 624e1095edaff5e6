package io.flowcraft.testkit.simulation;

import java.time.Duration;

/** What goes wrong, and strikes more than one call. */
final class Strikes implements Disasters {

  private final World world;
  private final Faults faults;
  private final Fleet fleet;
  private final Struck struck;

  Strikes(World world, Faults faults, Fleet fleet, Struck struck) {
    this.world = world;
    this.faults = faults;
    this.fleet = fleet;
    this.struck = struck;
  }

  /** What else there is to be struck. */
  record Struck(Connections connections, Outages outages, Coordination coordination) {}

  @Override
  public void strike(Fault fault, Host atWork) {
    switch (fault) {
      case PROCESS_KILLED -> fleet.kill(atWork, faults.delay());
      case PROCESS_CLOSED -> fleet.close(atWork, faults.delay());
      case PROCESS_PAUSED -> fleet.pause(atWork, faults.delay());
      case PROCESS_CUT_OFF -> {
        String backend = backend();
        Duration time = faults.outage();
        struck.connections.tell(
            atWork.name(), () -> "does not reach " + backend + " for " + time.toSeconds() + " s");
        struck.outages.cutOff(atWork, backend, time);
      }
      case BACKEND_DOWN -> {
        String backend = backend();
        Duration time = faults.outage();
        struck.connections.tell(backend, () -> "is down for " + time.toSeconds() + " s");
        struck.outages.down(backend, time);
      }
      default -> forget(fault);
    }
  }

  private String backend() {
    return Outages.BACKENDS.get(world.choices().among(Outages.BACKENDS.size()));
  }

  private void forget(Fault fault) {
    String who = CoordinationConnection.COORDINATION;
    switch (fault) {
      case COORDINATION_LOST -> {
        if (world.choices().among(4) == 3) {
          struck.connections.tell(who, () -> "loses its keys");
          struck.coordination.loseKeys();
        } else {
          struck.connections.tell(who, () -> "loses everything");
          struck.coordination.loseEverything();
        }
      }
      case RUN_FORGOTTEN -> {
        struck.connections.tell(who, () -> "forgets a run");
        struck.coordination.loseRun(world.choices());
      }
      case COORDINATION_SET_BACK -> {
        struck.connections.tell(who, () -> "goes back");
        struck.coordination.goBack(world.choices());
      }
      default -> throw new IllegalArgumentException(fault.name());
    }
  }
}
