package io.flowcraft.testkit.spi;

import static io.flowcraft.testkit.spi.CoordinationTrial.EPOCH;
import static io.flowcraft.testkit.spi.CoordinationTrial.arrival;
import static io.flowcraft.testkit.spi.CoordinationTrial.taken;
import static io.flowcraft.testkit.spi.CoordinationTrial.targets;
import static org.assertj.core.api.Assertions.assertThat;

import io.flowcraft.blueprint.Join;
import io.flowcraft.spi.CompletionAnswer;
import io.flowcraft.spi.CompletionAnswer.Verdict;
import io.flowcraft.spi.EdgeState;
import io.flowcraft.spi.RunProgress;
import io.flowcraft.spi.RunState;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What an epoch keeps apart. */
abstract class CoordinationEpochRules {

  private static final int MANY = 8;
  private static final int ROUNDS = 10;

  abstract CoordinationTrial trial();

  @Test
  @Rule("C-44")
  void completionsOfOtherEpochsDoNotCount() {
    trial().open("C-44", "a", "b");
    trial().complete("C-44", "a", "t", taken("c"));
    RunProgress before = trial().progress("C-44");

    for (long epoch : new long[] {EPOCH - 1, EPOCH + 1}) {
      for (String instance : List.of("a", "b")) {
        CompletionAnswer answer = trial().completeIn("C-44", epoch, instance, "t", taken("d"));

        assertThat(answer.verdict())
            .as("C-44: the verdict on a completion of epoch %d in epoch %d", epoch, EPOCH)
            .isEqualTo(Verdict.UNKNOWN);
        assertThat(answer.resolved()).as("C-44: joins of another epoch").isEmpty();
      }
    }

    assertThat(trial().progress("C-44"))
        .as("C-44: the progress after completions of other epochs")
        .isEqualTo(before);
    assertThat(trial().complete("C-44", "b", "other").verdict())
        .as("C-44: the verdict on an instance that was completed in other epochs")
        .isEqualTo(Verdict.WON);
  }

  @Test
  @Rule("C-45")
  void nobodyParksInOtherEpochs() {
    trial().open("C-45", "a", "b");
    trial().park("C-45", "b");
    RunProgress before = trial().progress("C-45");

    for (long epoch : new long[] {EPOCH - 1, EPOCH + 1}) {
      assertThat(trial().answer("C-45", trial().store.park(trial().runId, epoch, "a")))
          .as("C-45: parking in epoch %d while epoch %d is open", epoch, EPOCH)
          .isEqualTo(RunProgress.UNKNOWN);
      assertThat(trial().answer("C-45", trial().store.unpark(trial().runId, epoch, "b")))
          .as("C-45: claiming in epoch %d while epoch %d is open", epoch, EPOCH)
          .isEqualTo(RunProgress.UNKNOWN);
    }

    assertThat(trial().progress("C-45"))
        .as("C-45: the progress after parking and claiming in other epochs")
        .isEqualTo(before);
    assertThat(trial().unpark("C-45", "b").changed())
        .as("C-45: claiming an instance that was claimed in other epochs")
        .isTrue();
  }

  @Test
  @Rule("C-46")
  void aLaterEpochReplacesAnEarlierOne() {
    trial().open("C-46", "a", "b", "c", "x");
    trial().complete("C-46", "a", "t", true, taken("d"));
    trial().complete("C-46", "c", "t", arrival("j", "1", EdgeState.TAKEN, Join.all(), 2));
    trial().park("C-46", "b");

    assertThat(trial().openIn("C-46", EPOCH + 2, "a", "x"))
        .as("C-46: the progress of a run opened in a later epoch")
        .isEqualTo(new RunProgress(true, 0, 2, 0, 0, true));

    assertThat(trial().complete("C-46", "x", "t").verdict())
        .as("C-46: the verdict on a completion of the epoch that is over")
        .isEqualTo(Verdict.UNKNOWN);
    assertThat(trial().completeIn("C-46", EPOCH + 2, "a", "t").verdict())
        .as("C-46: the verdict on an instance that was decided in the epoch that is over")
        .isEqualTo(Verdict.WON);
    CompletionAnswer half =
        trial()
            .completeIn(
                "C-46",
                EPOCH + 2,
                "x",
                "t",
                arrival("j", "2", EdgeState.TAKEN, Join.all(), 2),
                taken("d"));
    assertThat(targets(half))
        .as("C-46: the joins that were resolved, without what arrived in the epoch that is over")
        .containsExactly("d");
    assertThat(half.failed()).as("C-46: failures in the epoch that has begun").isZero();
  }

  @Test
  @Rule("C-46")
  void nothingOfAnEarlierEpochComesLate() {
    String[] instances = IntStream.range(0, MANY).mapToObj(i -> "a-" + i).toArray(String[]::new);
    trial().open("C-46", instances);

    trial()
        .together(
            "C-46",
            MANY + 1,
            i ->
                i == MANY
                    ? known(trial().store.open(begin(trial().runId, EPOCH + 1)))
                    : trial()
                        .store
                        .complete(trial().completion("a-" + i, "t", true, taken("b-" + i)))
                        .thenApply(answer -> answer.verdict() == Verdict.WON));

    assertThat(trial().progressIn("C-46", EPOCH + 1))
        .as("C-46: the progress of a run opened in a later epoch among completions")
        .isEqualTo(new RunProgress(true, 0, 1, 0, 0, false));
  }

  private static RunState begin(String runId, long epoch) {
    return RunState.begin(runId, epoch, List.of("start"));
  }

  private static CompletionStage<Boolean> known(CompletionStage<RunProgress> progress) {
    return progress.thenApply(RunProgress::known);
  }

  @Test
  @Rule("C-47")
  void anEarlierEpochCanNotBeOpened() {
    trial().open("C-47", "a", "b");
    trial().complete("C-47", "a", "t");
    RunProgress before = trial().progress("C-47");

    assertThat(trial().openIn("C-47", EPOCH - 1, "a", "x", "y"))
        .as("C-47: the answer to opening an earlier epoch")
        .isEqualTo(RunProgress.UNKNOWN);

    assertThat(trial().progress("C-47"))
        .as("C-47: the progress after somebody wanted to open an earlier epoch")
        .isEqualTo(before);
    assertThat(trial().progressIn("C-47", EPOCH - 1))
        .as("C-47: the earlier epoch, which is unknown")
        .isEqualTo(RunProgress.UNKNOWN);
    assertThat(trial().complete("C-47", "a", "other").verdict())
        .as("C-47: the verdict on an instance that is decided")
        .isEqualTo(Verdict.LOST);
  }

  @Test
  @Rule("C-48")
  void ofManyEpochsTheLatestStays() {
    for (int round = 0; round < ROUNDS; round++) {
      String runId = trial().name("run-" + round);

      List<Boolean> known =
          trial()
              .together(
                  "C-48", MANY, i -> known(trial().store.open(begin(runId, EPOCH + MANY - i))));

      assertThat(known.get(0))
          .as("C-48: whether the latest epoch is known to the one who opened it")
          .isTrue();
      assertThat(trial().answer("C-48", trial().store.park(runId, EPOCH + MANY, trial().name("x"))))
          .as("C-48: the latest of many epochs")
          .isEqualTo(new RunProgress(true, 0, 1, 0, 0, false));
    }
  }
}
