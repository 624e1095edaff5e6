package io.flowcraft.state.cassandra;

import com.datastax.oss.driver.api.core.data.UdtValue;
import com.datastax.oss.driver.api.core.type.UserDefinedType;
import io.flowcraft.error.ErrorCode;
import io.flowcraft.error.FlowcraftException;
import io.flowcraft.run.NodeStatus;
import io.flowcraft.spi.EdgeDecision;
import io.flowcraft.spi.EdgeState;
import io.flowcraft.spi.Entry;
import io.flowcraft.spi.Outcome;
import io.flowcraft.spi.Payload;
import io.flowcraft.spi.Serializer;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/**
 * Outcomes and entries as cells and back.
 *
 * <p>A body is one cell, so that of two writes one stays as a whole. An edge is its number, a
 * letter for its state, and for an edge that delivers a value of its own {@code n} (null), {@code
 * v} and the text, or {@code r} and the name of a large value.
 */
final class Codec {

  private final UserDefinedType outcomeType;
  private final UserDefinedType entryType;
  private final Serializer serializer;

  Codec(UserDefinedType outcomeType, UserDefinedType entryType, Serializer serializer) {
    this.outcomeType = outcomeType;
    this.entryType = entryType;
    this.serializer = serializer;
  }

  /** Where a text goes: it comes back if it stays in the row, its name if it does not. */
  interface Placement extends BiFunction<String, String, Place> {}

  /** A text that stays, or the name of one that does not. */
  record Place(String text, boolean large) {}

  UdtValue write(Outcome outcome, Placement placement) {
    UdtValue body =
        outcomeType
            .newValue()
            .setString("node_id", outcome.nodeId())
            .setString("path", outcome.path())
            .setString("status", outcome.status().name())
            .setLong("sequence", outcome.sequence())
            .setInt("attempt", outcome.attempt())
            .setLong("started_at", outcome.startedAtMillis())
            .setLong("ended_at", outcome.endedAtMillis());
    String of = "'" + outcome.instance() + "'";
    body = put(body, "output", "The output of " + of, outcome.output(), placement);
    body = put(body, "detail", "The detail of " + of, outcome.detail(), placement);
    if (outcome.action() != null) {
      body = body.setString("action", outcome.action());
    }
    if (outcome.wakeUpAtMillis() != null) {
      body = body.setLong("wake_up_at", outcome.wakeUpAtMillis());
    }
    if (!outcome.routing().isEmpty()) {
      List<String> routing = new ArrayList<>();
      for (EdgeDecision edge : outcome.routing()) {
        routing.add(edge(edge, "The value of an edge of " + of, placement));
      }
      body = body.setList("routing", routing, String.class);
    }
    return body;
  }

  private static String edge(EdgeDecision edge, String what, Placement placement) {
    String decision = edge.edge() + edge.state().name().substring(0, 1);
    if (!edge.transformed()) {
      return decision;
    }
    if (edge.value() == null) {
      return decision + "n";
    }
    Place place = placement.apply(what, edge.value().text());
    return decision + (place.large() ? "r" : "v") + place.text();
  }

  UdtValue write(Entry entry, Placement placement) {
    UdtValue body = entryType.newValue().setLong("sequence", entry.sequence());
    return put(body, "value", "The context key '" + entry.key() + "'", entry.value(), placement);
  }

  /** Points to the instance that is a node's latest. */
  UdtValue latest(String instance, long sequence) {
    return entryType.newValue().setLong("sequence", sequence).setString("value", instance);
  }

  private static UdtValue put(
      UdtValue body, String field, String what, @Nullable Payload payload, Placement placement) {
    if (payload == null) {
      return body;
    }
    Place place = placement.apply(what, payload.text());
    return body.setString(place.large() ? field + "_large" : field, place.text());
  }

  /** The names of the large values that a row needs. */
  static void largeOf(ContextRow row, Collection<String> ids) {
    boolean outcome = row.kind().equals(ContextRow.OUTCOME);
    for (String field :
        outcome ? List.of("output_large", "detail_large") : List.of("value_large")) {
      String id = row.body().getString(field);
      if (id != null) {
        ids.add(id);
      }
    }
    if (outcome) {
      for (String edge : routing(row.body())) {
        int at = letter(edge);
        if (edge.length() > at + 1 && edge.charAt(at + 1) == 'r') {
          ids.add(edge.substring(at + 2));
        }
      }
    }
  }

  private static List<String> routing(UdtValue body) {
    List<String> routing = body.getList("routing", String.class);
    return routing == null ? List.of() : routing;
  }

  private static int letter(String edge) {
    int at = 0;
    while (Character.isDigit(edge.charAt(at)) || edge.charAt(at) == '-') {
      at++;
    }
    return at;
  }

  Outcome outcome(ContextRow row, Map<String, String> large) {
    UdtValue body = row.body();
    List<EdgeDecision> edges = new ArrayList<>();
    for (String edge : routing(body)) {
      edges.add(edge(edge, large));
    }
    NodeStatus status = row.status();
    return new Outcome(
        row.name(),
        text(body, "node_id"),
        text(body, "path"),
        status,
        body.getLong("sequence"),
        body.getInt("attempt"),
        payload(body, "output", large),
        body.getString("action"),
        List.copyOf(edges),
        payload(body, "detail", large),
        body.isNull("wake_up_at") ? null : body.getLong("wake_up_at"),
        body.getLong("started_at"),
        body.getLong("ended_at"));
  }

  private EdgeDecision edge(String text, Map<String, String> large) {
    int at = letter(text);
    int number = Integer.parseInt(text.substring(0, at));
    EdgeState state =
        switch (text.charAt(at)) {
          case 'T' -> EdgeState.TAKEN;
          case 'S' -> EdgeState.SKIPPED;
          case 'D' -> EdgeState.DEAD;
          default ->
              throw new FlowcraftException(
                  ErrorCode.BACKEND,
                  "A stored edge is \""
                      + text.substring(0, at + 1)
                      + "\"; it was not written by this version of the store.");
        };
    if (text.length() == at + 1) {
      return new EdgeDecision(number, state, false, null);
    }
    String rest = text.substring(at + 2);
    String value =
        switch (text.charAt(at + 1)) {
          case 'v' -> rest;
          case 'r' -> large.get(rest);
          default -> null;
        };
    return new EdgeDecision(
        number, state, true, value == null ? null : Payload.ofText(value, serializer));
  }

  Entry entry(ContextRow row, Map<String, String> large) {
    return new Entry(
        row.name(), payload(row.body(), "value", large), row.body().getLong("sequence"));
  }

  private @Nullable Payload payload(UdtValue body, String field, Map<String, String> large) {
    String id = body.getString(field + "_large");
    String text = id == null ? body.getString(field) : large.get(id);
    return text == null ? null : Payload.ofText(text, serializer);
  }

  private static String text(UdtValue body, String field) {
    String text = body.getString(field);
    return text == null ? "" : text;
  }
}
