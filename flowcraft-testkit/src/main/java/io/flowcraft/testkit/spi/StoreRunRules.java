package io.flowcraft.testkit.spi;

import static org.assertj.core.api.Assertions.assertThat;

import io.flowcraft.run.RunStatus;
import io.flowcraft.spi.Payload;
import io.flowcraft.spi.RunRecord;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** How runs begin and change their status. */
abstract class StoreRunRules {

  abstract StoreTrial trial();

  @Test
  @Rule("S-1")
  void aCreatedRunIsFoundAsItWas() {
    RunRecord child =
        new RunRecord(
            trial().runId,
            trial().blueprintId,
            "sha-256:ä",
            Trial.json("{\"nodes\":[{\"id\":\"näme \\\"x\\\"\"}]}"),
            "parent-run",
            "sub@rows#1",
            Trial.json("{\"deep\":{\"list\":[1,2.5,null,\"✓\"]}}"),
            Trial.json("{\"labels\":{}}"),
            RunStatus.RUNNING,
            null,
            StoreTrial.EPOCH,
            86_400_000L,
            1_700_000_000_001L,
            1_700_000_000_002L,
            1_700_000_000_003L,
            "token-1");

    RunRecord stored = trial().answer("S-1", trial().store.create(child));

    assertThat(stored).as("S-1: the answer to create").isEqualTo(child);
    assertThat(trial().find("S-1")).as("S-1: the run that is found").contains(child);
  }

  @Test
  @Rule("S-2")
  void anIdIsGivenOnce() {
    RunRecord first = trial().create("S-2");
    RunRecord second =
        trial()
            .run(trial().runId, "another token")
            .withStatus(RunStatus.AWAITING, Trial.json("1"), 5);

    assertThat(trial().answer("S-2", trial().store.create(second)))
        .as("S-2: the answer to a second create: the run that was there before")
        .isEqualTo(first);
    assertThat(trial().find("S-2")).as("S-2: the run after a second create").contains(first);
  }

  @Test
  @Rule("S-3")
  void ofManyCreatorsOneWins() {
    List<RunRecord> answers =
        trial()
            .together(
                "S-3", 8, i -> trial().store.create(trial().run(trial().runId, "token-" + i)));

    Set<RunRecord> distinct = new HashSet<>(answers);
    assertThat(distinct).as("S-3: the different answers to concurrent creators").hasSize(1);
    assertThat(trial().find("S-3"))
        .as("S-3: the run that all were told")
        .isEqualTo(distinct.stream().findFirst());
  }

  @Test
  @Rule("S-4")
  void anUnknownRunIsNotFound() {
    assertThat(trial().find("S-4")).as("S-4: a run that nobody created").isEmpty();
  }

  @Test
  @Rule("S-20")
  void aRunMovesFromAnExpectedStatus() {
    RunRecord run = trial().create("S-20");
    Payload summary = Trial.json("{\"ok\":true}");

    Optional<RunRecord> moved =
        trial()
            .answer(
                "S-20",
                trial()
                    .store
                    .transition(
                        run.runId(),
                        StoreTrial.EPOCH,
                        Set.of(RunStatus.AWAITING, RunStatus.RUNNING),
                        RunStatus.COMPLETED,
                        summary,
                        1_700_000_009_000L));

    RunRecord expected = run.withStatus(RunStatus.COMPLETED, summary, 1_700_000_009_000L);
    assertThat(moved).as("S-20: the answer to the move").contains(expected);
    assertThat(trial().find("S-20")).as("S-20: the run after the move").contains(expected);
  }

  @Test
  @Rule("S-52")
  void aMoveWithoutASummaryLeavesTheOneBefore() {
    RunRecord run = trial().create("S-52");
    Payload summary = Trial.json("{\"ok\":false}");
    move("S-52", run, RunStatus.RUNNING, RunStatus.FAILED, summary);

    Optional<RunRecord> moved = move("S-52", run, RunStatus.FAILED, RunStatus.RUNNING, null);

    assertThat(moved.map(RunRecord::summary))
        .as("S-52: the summary in the answer")
        .contains(summary);
    assertThat(trial().find("S-52").map(RunRecord::summary))
        .as("S-52: the summary after the move")
        .contains(summary);
  }

  private Optional<RunRecord> move(
      String rule, RunRecord run, RunStatus from, RunStatus to, @Nullable Payload summary) {
    return trial()
        .answer(
            rule,
            trial()
                .store
                .transition(
                    run.runId(), StoreTrial.EPOCH, Set.of(from), to, summary, 1_700_000_009_000L));
  }

  @Test
  @Rule("S-21")
  void aRunStaysInAnUnexpectedStatus() {
    RunRecord run = trial().create("S-21");

    Optional<RunRecord> answer =
        trial()
            .answer(
                "S-21",
                trial()
                    .store
                    .transition(
                        run.runId(),
                        StoreTrial.EPOCH,
                        Set.of(RunStatus.AWAITING),
                        RunStatus.FAILED,
                        Trial.json("1"),
                        1_700_000_009_000L));

    assertThat(answer).as("S-21: the answer: the run as it is").contains(run);
    assertThat(trial().find("S-21")).as("S-21: the run, which did not move").contains(run);
  }

  @Test
  @Rule("S-22")
  void anUnknownRunDoesNotMove() {
    Optional<RunRecord> answer =
        trial()
            .answer(
                "S-22",
                trial()
                    .store
                    .transition(
                        trial().runId,
                        StoreTrial.EPOCH,
                        Set.of(RunStatus.RUNNING),
                        RunStatus.FAILED,
                        null,
                        1));

    assertThat(answer).as("S-22: the answer for a run that nobody created").isEmpty();
    assertThat(trial().find("S-22")).as("S-22: the run that nobody created").isEmpty();
  }

  @Test
  @Rule("S-23")
  void ofManyMoversOneWins() {
    RunRecord run = trial().create("S-23");

    List<Optional<RunRecord>> answers =
        trial()
            .together(
                "S-23",
                8,
                i ->
                    trial()
                        .store
                        .transition(
                            run.runId(),
                            StoreTrial.EPOCH,
                            Set.of(RunStatus.RUNNING),
                            RunStatus.COMPLETED,
                            Trial.json("" + i),
                            1_700_000_009_000L + i));

    assertThat(new HashSet<>(answers))
        .as("S-23: the different results that concurrent movers were told")
        .hasSize(1);
    assertThat(trial().find("S-23"))
        .as("S-23: the result that all were told")
        .isEqualTo(answers.get(0));
  }
}
