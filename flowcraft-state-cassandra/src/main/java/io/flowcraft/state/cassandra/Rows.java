package io.flowcraft.state.cassandra;

import com.datastax.oss.driver.api.core.data.UdtValue;
import io.flowcraft.spi.Commit;
import io.flowcraft.spi.Entry;
import io.flowcraft.spi.Outcome;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The rows that a commit writes, and the large values that have to be there before.
 *
 * <p>Rows of one commit name each other: the first one names all others, and each of them names the
 * first. So a reader that needs several pages finds out whether it has seen a commit in part.
 *
 * @param rows the rows, in order
 * @param large the texts that do not fit into them
 */
record Rows(List<ContextRow> rows, Values.Large large) {

  /** The rows of a commit may hold so many characters together. */
  private static final int BUDGET = 500_000;

  static Rows of(Commit commit, Codec codec, Values values) {
    Values.Large large = new Values.Large();
    int[] left = {BUDGET};
    List<ContextRow> rows = new ArrayList<>(commit.outcomes().size() + commit.entries().size());
    Map<String, Outcome> latest = new LinkedHashMap<>();
    for (Outcome outcome : commit.outcomes()) {
      Ranks.requireSequence(commit.runId(), outcome.sequence());
      UdtValue body =
          codec.write(
              outcome, (what, text) -> place(values, large, what, text, outcome.sequence(), left));
      ContextRow row = new ContextRow(ContextRow.OUTCOME, outcome.instance(), body);
      rows.add(row);
      if (row.counts() && !outcome.instance().equals(outcome.nodeId())) {
        latest.merge(outcome.nodeId(), outcome, Rows::later);
      }
    }
    for (Entry entry : commit.entries()) {
      Ranks.requireSequence(commit.runId(), entry.sequence());
      UdtValue body =
          codec.write(
              entry, (what, text) -> place(values, large, what, text, entry.sequence(), left));
      rows.add(new ContextRow(ContextRow.ENTRY, entry.key(), body));
    }
    List<ContextRow> named = new ArrayList<>(rows.size() + latest.size());
    named.addAll(rows.size() > 1 ? acquainted(rows) : rows);
    latest.forEach(
        (node, outcome) ->
            named.add(
                new ContextRow(
                    ContextRow.LATEST,
                    node,
                    codec.latest(outcome.instance(), outcome.sequence()))));
    return new Rows(named, large);
  }

  private static Outcome later(Outcome one, Outcome other) {
    return other.sequence() >= one.sequence() ? other : one;
  }

  private static List<ContextRow> acquainted(List<ContextRow> rows) {
    List<String> mates = new ArrayList<>(rows.size() - 1);
    String lead = mate(rows.get(0));
    List<ContextRow> named = new ArrayList<>(rows.size());
    for (ContextRow row : rows.subList(1, rows.size())) {
      mates.add(mate(row));
      named.add(new ContextRow(row.kind(), row.name(), row.body().setString("lead", lead)));
    }
    ContextRow first = rows.get(0);
    named.add(
        0,
        new ContextRow(
            first.kind(), first.name(), first.body().setList("mates", mates, String.class)));
    return named;
  }

  private static String mate(ContextRow row) {
    return new ContextRow.Mate(row.kind(), row.name(), row.place()).text();
  }

  private static Codec.Place place(
      Values values, Values.Large large, String what, String text, long sequence, int[] left) {
    values.check(what, text);
    if (text.length() <= inline(sequence) && text.length() <= left[0]) {
      left[0] -= text.length();
      return new Codec.Place(text, false);
    }
    return new Codec.Place(large.add(text), true);
  }

  /** The longer a run gets, the less may stay in its rows: so that its partition stays bounded. */
  private static int inline(long sequence) {
    if (sequence < 1_000) {
      return 32_000;
    }
    return sequence < 10_000 ? 4_000 : 400;
  }
}
