package io.flowcraft.state.cassandra;

import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import java.util.concurrent.CompletionStage;

/**
 * Where hints are written and read. Both bounds only grow, as their values are their timestamps.
 *
 * <p>Who tidies up raises the gate, then looks at what lies before it, moves what is still needed
 * behind it, and raises the floor. Who writes a hint looks at the gate once what the hint points to
 * is stored: if the gate has passed it, the hint is written again behind the gate. So either the
 * one sees the other's hint and what it points to, or the other sees the gate.
 */
final class Bounds {

  private final Cql cql;
  private final PreparedStatement select;
  private final PreparedStatement raiseGate;
  private final PreparedStatement raiseFloor;

  /**
   * The bounds of a kind of hints.
   *
   * @param gate hints are written at this place or behind it
   * @param floor before this place nothing is read
   * @param known whether anybody has set them
   */
  record Pair(long gate, long floor, boolean known) {}

  Bounds(Cql cql, Schema schema) {
    this.cql = cql;
    String table = schema.table(Schema.Role.BOUNDS);
    select = cql.prepare("SELECT gate, floor FROM " + table + " WHERE name = ?");
    raiseGate = cql.prepare("UPDATE " + table + " USING TIMESTAMP ? SET gate = ? WHERE name = ?");
    raiseFloor = cql.prepare("UPDATE " + table + " USING TIMESTAMP ? SET floor = ? WHERE name = ?");
  }

  CompletionStage<Pair> read(String name) {
    return cql.one("read where hints begin", select.bind(name))
        .thenApply(
            row ->
                row == null
                    ? new Pair(0, 0, false)
                    : new Pair(
                        Math.max(row.getLong("gate"), row.getLong("floor")),
                        row.getLong("floor"),
                        !row.isNull("floor")));
  }

  CompletionStage<Void> raiseGate(String name, long gate) {
    return cql.write("raise the gate of hints", raiseGate.bind(gate + 1, gate, name));
  }

  CompletionStage<Void> raiseFloor(String name, long floor) {
    return cql.write("raise the floor of hints", raiseFloor.bind(floor + 1, floor, name));
  }
}
