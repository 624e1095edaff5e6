package io.flowcraft.state.cassandra;

import static io.flowcraft.state.cassandra.Server.EPOCH;
import static io.flowcraft.state.cassandra.Server.answer;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.datastax.oss.driver.api.core.cql.Row;
import io.flowcraft.error.FlowcraftException;
import io.flowcraft.run.NodeStatus;
import io.flowcraft.spi.Commit;
import io.flowcraft.spi.ContextStore;
import io.flowcraft.spi.EdgeDecision;
import io.flowcraft.spi.EdgeState;
import io.flowcraft.spi.HistoryEntry;
import io.flowcraft.spi.Outcome;
import io.flowcraft.spi.RunSlice;
import io.flowcraft.spi.Selection;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/** Runs and values that are larger than a page, a row or a partition should be. */
class LargeRunTest {

  private static final String KEYSPACE = "large";
  private static final int OUTCOMES = 10_000;

  private final String runId = "run-" + UUID.randomUUID();

  private static Outcome element(int number) {
    return new Outcome(
        "work@batch#" + number,
        "work",
        "batch#" + number,
        NodeStatus.COMPLETED,
        number,
        1,
        Server.json("{\"element\":" + number + "}"),
        null,
        List.of(),
        null,
        null,
        1,
        2);
  }

  @Test
  void aRunOfTenThousandOutcomesIsFenced() throws Exception {
    ContextStore store = Server.open(KEYSPACE);
    answer(store.create(Server.run(runId)));
    List<Integer> numbers = new ArrayList<>();
    for (int i = 1; i <= OUTCOMES; i++) {
      numbers.add(i);
    }
    answer(
        Async.every(
            numbers,
            256,
            number ->
                store.commit(
                    new Commit(
                        runId,
                        EPOCH,
                        List.of(element(number)),
                        List.of(Server.entry("key-" + number % 100, "" + number, number))))));

    RunSlice fenced = answer(store.fence(runId, EPOCH, List.of("work@batch#7"))).orElseThrow();

    assertThat(fenced.outcomes()).hasSize(OUTCOMES - 1).doesNotContainKey("work@batch#7");
    assertThat(fenced.entries()).hasSize(100);
    assertThat(answer(store.read(runId, Selection.ALL))).isEqualTo(fenced);
    assertThat(answer(store.read(runId, Selection.latest(List.of("work"), List.of()))).outcomes())
        .containsOnlyKeys("work@batch#" + OUTCOMES);
    assertThat(fenced.outcomes().get("work@batch#5000")).isEqualTo(element(5000));
  }

  @Test
  void commitsAreSeenWholeOverManyPages() throws Exception {
    CassandraSettings settings = Server.settings(KEYSPACE).build();
    Backend paged = Backend.open(settings, Server.context(), 10, 1_000);
    ContextStore store = Server.open(KEYSPACE);
    answer(store.create(Server.run(runId)));
    AtomicBoolean done = new AtomicBoolean();
    CompletionStage<Void> writing = write(store, 0).whenComplete((all, error) -> done.set(true));

    int torn = 0;
    boolean last;
    do {
      last = done.get();
      RunSlice slice = answer(paged.slices().read(runId, Selection.ALL));
      for (int i = 0; i < 200; i++) {
        boolean outcome = slice.outcomes().containsKey("a-" + i);
        torn += outcome == slice.outcomes().containsKey("z-" + i) ? 0 : 1;
        torn += outcome == slice.entries().containsKey("k-" + i) ? 0 : 1;
      }
    } while (!last);

    answer(writing);
    assertThat(torn).as("commits that were seen in part").isZero();
  }

  private CompletionStage<Void> write(ContextStore store, int number) {
    if (number == 200) {
      return Async.DONE;
    }
    Commit commit =
        new Commit(
            runId,
            EPOCH,
            List.of(
                Server.completed("a-" + number, 2L * number),
                Server.completed("z-" + number, 2L * number + 1)),
            List.of(Server.entry("k-" + number, "1", 2L * number)));
    return store.commit(commit).thenCompose(done -> write(store, number + 1));
  }

  @Test
  void largeValuesGoIntoParts() throws Exception {
    ContextStore store = Server.open(KEYSPACE);
    String text = "\"" + "ä\uD83D\uDE00x".repeat(300_000) + "\"";
    answer(store.create(Server.run(runId)));
    Outcome outcome =
        new Outcome(
            "big",
            "big",
            "",
            NodeStatus.COMPLETED,
            1,
            1,
            Server.json(text),
            null,
            List.of(new EdgeDecision(4, EdgeState.TAKEN, true, Server.json(text + " "))),
            Server.json(" " + text),
            null,
            1,
            2);
    answer(
        store.commit(
            new Commit(
                runId, EPOCH, List.of(outcome), List.of(Server.entry("k", text + "\n", 1)))));
    answer(store.append(runId, List.of(new HistoryEntry(1, 1, "t", Server.json(text)))));

    RunSlice fenced = answer(store.fence(runId, EPOCH, List.of())).orElseThrow();

    assertThat(fenced.outcomes().get("big")).isEqualTo(outcome);
    assertThat(fenced.entries().get("k")).isEqualTo(Server.entry("k", text + "\n", 1));
    assertThat(answer(store.history(runId)).get(0).body()).isEqualTo(Server.json(text));
    answer(store.delete(runId));
    for (String table : List.of("contexts", "values", "history", "parts", "statuses")) {
      assertThat(rows(table)).as("rows of %s that a deletion left", table).isEmpty();
    }
  }

  /** Rows that belong to nobody but this test's run, or to owners that no other test has left. */
  private List<Row> rows(String table) {
    return Server.session()
        .execute("SELECT * FROM " + KEYSPACE + ".flowcraft_" + table)
        .all()
        .stream()
        .filter(row -> isOf(row, table))
        .toList();
  }

  private boolean isOf(Row row, String table) {
    return switch (table) {
      case "contexts", "statuses" -> runId.equals(row.getString("run_id"));
      case "values" -> String.valueOf(row.getString("data")).contains("\uD83D\uDE00x");
      case "history" -> true;
      default -> "value".equals(row.getString("kind"));
    };
  }

  @Test
  void whatIsTooLargeIsRefusedBeforeAnythingIsWritten() throws Exception {
    ContextStore store =
        CassandraContextStore.open(
            Server.settings(KEYSPACE).maxValueLength(50_000).build(), Server.context());
    answer(store.create(Server.run(runId)));
    Commit commit =
        new Commit(
            runId,
            EPOCH,
            List.of(Server.completed("a", 1)),
            List.of(Server.entry("k", "\"" + "x".repeat(50_000) + "\"", 1)));

    assertThatThrownBy(() -> answer(store.commit(commit)))
        .hasCauseInstanceOf(FlowcraftException.class)
        .hasMessageContaining("FC-5001")
        .hasMessageContaining("'k'")
        .hasMessageContaining("50002")
        .hasMessageContaining("50000");
    assertThat(answer(store.read(runId, Selection.ALL)).outcomes()).isEmpty();
  }
}
