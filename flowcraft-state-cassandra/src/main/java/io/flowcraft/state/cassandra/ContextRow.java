package io.flowcraft.state.cassandra;

import com.datastax.oss.driver.api.core.data.UdtValue;
import io.flowcraft.run.NodeStatus;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A row of a generation.
 *
 * @param kind what it is
 * @param name the instance, the key or the node
 * @param body its one cell
 */
record ContextRow(String kind, String name, UdtValue body) {

  /** An outcome, by instance. */
  static final String OUTCOME = "o";

  /** A context entry, by key. */
  static final String ENTRY = "e";

  /** Where the latest outcome of a node is that has other instances than itself. */
  static final String LATEST = "l";

  private static final int RADIX = 36;
  private static final long FACT = 1L << 40;

  String key() {
    return kind + name;
  }

  long sequence() {
    return body.getLong("sequence");
  }

  boolean isFact() {
    return kind.equals(OUTCOME) && status().isFinal();
  }

  NodeStatus status() {
    String status = body.getString("status");
    if (status == null) {
      throw new IllegalStateException("The outcome of '" + name + "' has no status.");
    }
    return NodeStatus.valueOf(status);
  }

  /** Whether the node's output shows in the context. */
  boolean counts() {
    return switch (status()) {
      case COMPLETED, REPLACED, TIMER, AWAITING -> true;
      case WAITING, QUEUED, RUNNING, FAILED, SKIPPED -> false;
    };
  }

  /** Its place among the rows of the same key. */
  long place() {
    return place(isFact(), sequence());
  }

  static long place(boolean fact, long sequence) {
    return fact ? FACT | sequence : sequence;
  }

  /** A row that was written together with another one: its key, and its place at least. */
  record Mate(String kind, String name, long place) {

    static Mate parse(String text) {
      int end = text.indexOf(':');
      return new Mate(
          text.substring(0, 1),
          text.substring(end + 1),
          Long.parseLong(text.substring(1, end), RADIX));
    }

    String text() {
      return kind + Long.toString(place, RADIX) + ":" + name;
    }

    String key() {
      return kind + name;
    }
  }

  @Nullable Mate lead() {
    String lead = body.getString("lead");
    return lead == null ? null : Mate.parse(lead);
  }

  List<Mate> mates() {
    List<String> mates = body.getList("mates", String.class);
    return mates == null ? List.of() : mates.stream().map(Mate::parse).toList();
  }
}
