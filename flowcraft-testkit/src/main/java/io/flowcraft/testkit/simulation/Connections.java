package io.flowcraft.testkit.simulation;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** The network between processes and backends. */
final class Connections {

  private final World world;
  private final Faults faults;
  private final Outages outages;
  private final Disasters disasters;
  private final Trace trace;
  private final List<Connection> all = new ArrayList<>();

  Connections(World world, Faults faults, Outages outages, Disasters disasters, Trace trace) {
    this.world = world;
    this.faults = faults;
    this.outages = outages;
    this.disasters = disasters;
    this.trace = trace;
  }

  /** Connects a process. */
  Connection connect(Host host) {
    Connection connection = new Connection(host, faults, outages, disasters, trace);
    all.add(connection);
    return connection;
  }

  /** Whether calls are on their way that will arrive late. */
  boolean areBusy() {
    for (Connection connection : all) {
      if (connection.late() > 0) {
        return true;
      }
    }
    return false;
  }

  /** Tells whoever wants to know that something has happened to somebody. */
  void tell(String who, Supplier<String> what) {
    trace.note(world, who, what);
  }
}
