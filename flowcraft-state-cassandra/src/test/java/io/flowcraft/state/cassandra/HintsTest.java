package io.flowcraft.state.cassandra;

import static io.flowcraft.state.cassandra.Server.EPOCH;
import static io.flowcraft.state.cassandra.Server.answer;
import static org.assertj.core.api.Assertions.assertThat;

import io.flowcraft.run.NodeStatus;
import io.flowcraft.run.RunStatus;
import io.flowcraft.spi.Commit;
import io.flowcraft.spi.RunQuery;
import io.flowcraft.spi.RunRecord;
import io.flowcraft.spi.TimeSource;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;

/** Hints are tidied up by moving on, and nothing gets lost meanwhile. */
class HintsTest {

  private static final long AT = 1_700_000_001_000L;

  private final String keyspace = Server.keyspace("hints");
  private final HoldingSession holding = new HoldingSession(Server.session());
  private final TimeSource time = Server.context().time();

  private Backend open(CassandraSettings.Builder settings) {
    return Backend.open(settings.build(), Server.context(), ContextTable.PAGE, 1);
  }

  private Backend open() {
    return open(Server.settings(keyspace));
  }

  private static void end(Backend store, String runId) throws Exception {
    Lives.Move move =
        new Lives.Move(
            runId, EPOCH, Set.of(RunStatus.RUNNING), RunStatus.COMPLETED, Server.json("1"), AT);
    assertThat(answer(store.lives().move(move)).orElseThrow().status())
        .isEqualTo(RunStatus.COMPLETED);
  }

  private static List<String> list(Backend store, RunStatus... statuses) throws Exception {
    return answer(store.listing().list(new RunQuery(Set.of(statuses), null, null, 100)))
        .runs()
        .stream()
        .map(RunRecord::runId)
        .toList();
  }

  private static List<String> due(Backend store, long millis) throws Exception {
    return answer(store.listing().list(new RunQuery(Set.of(), null, millis, null, 100)))
        .runs()
        .stream()
        .map(RunRecord::runId)
        .toList();
  }

  private long floorOfLive() {
    var row =
        Server.session()
            .execute("SELECT floor FROM " + keyspace + ".flowcraft_bounds WHERE name = 'live'")
            .one();
    return row == null ? 0 : row.getLong(0);
  }

  @Test
  void slotsAreLeftBehindAndWhatIsLiveMovesOn() throws Exception {
    Backend store = open();
    for (int i = 0; i < 5; i++) {
      answer(store.lives().create(Server.run("run-" + i)));
    }
    for (int i = 0; i < 4; i++) {
      end(store, "run-" + i);
    }
    assertThat(list(store, RunStatus.RUNNING)).containsExactly("run-4");

    answer(store.garbage().tidy());

    assertThat(floorOfLive()).isEqualTo(1);
    assertThat(list(store, RunStatus.RUNNING)).containsExactly("run-4");
    assertThat(list(store, RunStatus.COMPLETED))
        .containsExactly("run-0", "run-1", "run-2", "run-3");
    assertThat(list(store)).hasSize(5);
    assertThat(list(open(), RunStatus.RUNNING)).containsExactly("run-4");
  }

  @Test
  void aRunThatIsCreatedWhileItsSlotIsLeftIsFound() throws Exception {
    Backend quick = open();
    Backend slow = open(Server.settings(keyspace).session(holding.session()));
    answer(quick.lives().create(Server.run("ended")));
    end(quick, "ended");
    assertThat(list(quick, RunStatus.RUNNING)).isEmpty();
    holding.hold(query -> query.contains("IF NOT EXISTS"));
    CompletionStage<Stored> creating = slow.lives().create(Server.run("slow"));
    holding.awaitHeld();

    answer(quick.garbage().tidy());
    assertThat(floorOfLive()).isEqualTo(1);
    holding.release();
    answer(creating);

    assertThat(list(quick, RunStatus.RUNNING)).containsExactly("slow");
  }

  @Test
  void timersAreFoundAfterTheFloorHasPassedThem() throws Exception {
    Backend store = open();
    for (String runId : List.of("asleep", "awake")) {
      answer(store.lives().create(Server.run(runId)));
      answer(
          store
              .commits()
              .commit(
                  new Commit(
                      runId,
                      EPOCH,
                      List.of(Server.outcome("timer", NodeStatus.TIMER, 1, AT)),
                      List.of())));
    }
    answer(
        store
            .commits()
            .commit(new Commit("awake", EPOCH, List.of(Server.completed("timer", 2)), List.of())));
    assertThat(due(store, AT)).containsExactly("asleep");

    answer(store.wakings().tidy(time.millis()));

    assertThat(due(store, AT)).containsExactly("asleep");
    assertThat(due(store, AT - 1)).isEmpty();
  }

  @Test
  void aTimerThatIsSetWhileTheFloorPassesIsFound() throws Exception {
    Backend quick = open();
    Backend slow = open(Server.settings(keyspace).session(holding.session()));
    answer(quick.lives().create(Server.run("sleeper")));
    answer(slow.runs().find("sleeper"));
    holding.hold(query -> query.startsWith("INSERT INTO " + keyspace + ".flowcraft_contexts"));
    CompletionStage<Void> parking =
        slow.commits()
            .commit(
                new Commit(
                    "sleeper",
                    EPOCH,
                    List.of(Server.outcome("timer", NodeStatus.TIMER, 1, AT)),
                    List.of()));
    holding.awaitHeld();

    answer(quick.wakings().tidy(time.millis()));
    holding.release();
    answer(parking);

    assertThat(due(quick, AT)).containsExactly("sleeper");
  }

  @Test
  void runsAreDeletedWhenTheirRetentionIsOver() throws Exception {
    Backend store = open(Server.settings(keyspace).retention(Duration.ofDays(1)));
    answer(store.lives().create(Server.run("old")));
    answer(store.lives().create(Server.run("live")));
    end(store, "old");

    answer(store.wakings().tidy(time.millis()));

    assertThat(answer(store.runs().find("old"))).isEmpty();
    assertThat(answer(store.runs().find("live"))).isPresent();
    assertThat(list(store)).containsExactly("live");
  }
}
