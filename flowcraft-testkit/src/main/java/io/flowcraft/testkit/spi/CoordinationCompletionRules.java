package io.flowcraft.testkit.spi;

import static io.flowcraft.testkit.spi.CoordinationTrial.EPOCH;
import static io.flowcraft.testkit.spi.CoordinationTrial.taken;
import static org.assertj.core.api.Assertions.assertThat;

import io.flowcraft.spi.CompletionAnswer;
import io.flowcraft.spi.CompletionAnswer.Verdict;
import io.flowcraft.spi.RunProgress;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** How node instances are decided and parked. */
abstract class CoordinationCompletionRules {

  abstract CoordinationTrial trial();

  @Test
  @Rule("C-19")
  void theFirstTokenWins() {
    trial().open("C-19", "a");
    CompletionAnswer won = trial().complete("C-19", "a", "first", taken("b"));

    CompletionAnswer lost = trial().complete("C-19", "a", "second", true, taken("c"), taken("d"));

    assertThat(won.verdict()).as("C-19: the verdict on the first token").isEqualTo(Verdict.WON);
    assertThat(lost.verdict()).as("C-19: the verdict on the second token").isEqualTo(Verdict.LOST);
    assertThat(lost.resolved())
        .as("C-19: the joins that a loser is told: those of the winner")
        .isEqualTo(won.resolved());
    assertThat(lost.sequence()).as("C-19: the number of the winner").isEqualTo(won.sequence());
    assertThat(trial().progress("C-19"))
        .as("C-19: the progress after a loser, who changed nothing")
        .isEqualTo(new RunProgress(true, 1, 1, 0, 0, false));
  }

  @Test
  @Rule("C-20")
  void theSameCompletionGetsTheSameAnswer() {
    trial().open("C-20", "a", "x");
    CompletionAnswer first = trial().complete("C-20", "a", "token", taken("b"), taken("c"));
    trial().park("C-20", "c");
    CompletionAnswer later = trial().complete("C-20", "b", "token", true, taken("d"));

    CompletionAnswer again = trial().complete("C-20", "a", "token", taken("b"), taken("c"));

    assertThat(again).as("C-20: the answer to a completion asked again later").isEqualTo(first);
    assertThat(trial().progress("C-20"))
        .as("C-20: the progress, which asking again does not change")
        .isEqualTo(new RunProgress(true, later.sequence(), 3, 1, 1, false));
  }

  @Test
  @Rule("C-21")
  void ofManyTokensOneWins() {
    trial().open("C-21", "a");

    List<CompletionAnswer> answers =
        trial()
            .together(
                "C-21",
                8,
                i -> trial().store.complete(trial().completion("a", "t" + i, false, taken("b"))));

    assertThat(answers.stream().filter(a -> a.verdict() == Verdict.WON))
        .as("C-21: the winners among concurrent completions of one instance")
        .hasSize(1);
    assertThat(answers.stream().filter(a -> a.verdict() == Verdict.LOST))
        .as("C-21: the losers among concurrent completions of one instance")
        .hasSize(7);
    assertThat(trial().progress("C-21").open()).as("C-21: open instances").isEqualTo(1);
  }

  @Test
  @Rule("C-22")
  void aCompletionClosesItsInstanceAndOpensTheNext() {
    trial().open("C-22", "a", "x");

    CompletionAnswer fork = trial().complete("C-22", "a", "t", taken("b"), taken("c"));
    CompletionAnswer end = trial().complete("C-22", "b", "t");

    assertThat(fork.open()).as("C-22: open after one ended and two began").isEqualTo(3);
    assertThat(end.open()).as("C-22: open after one ended").isEqualTo(2);
    assertThat(trial().progress("C-22").open()).as("C-22: open instances").isEqualTo(2);
  }

  @Test
  @Rule("C-23")
  void anInstanceNeedNotBeOpen() {
    trial().open("C-23", "a");

    CompletionAnswer answer = trial().complete("C-23", "stranger", "t", taken("b"));

    assertThat(answer.verdict())
        .as("C-23: the verdict on an instance that nobody opened")
        .isEqualTo(Verdict.WON);
    assertThat(answer.open()).as("C-23: open: the old one and the new one").isEqualTo(2);
  }

  @Test
  @Rule("C-24")
  void failuresAreCounted() {
    trial().open("C-24", "a", "b", "c");
    trial().complete("C-24", "a", "t", true);

    CompletionAnswer second = trial().complete("C-24", "b", "t", true);
    CompletionAnswer third = trial().complete("C-24", "c", "t", false);

    assertThat(second.failed()).as("C-24: failures after two").isEqualTo(2);
    assertThat(third.failed()).as("C-24: failures after a success").isEqualTo(2);
    assertThat(trial().progress("C-24").failed()).as("C-24: failures").isEqualTo(2);
  }

  @Test
  @Rule("C-25")
  void everyAnswerShowsTheRunAfterIt() {
    String[] instances = IntStream.range(0, 16).mapToObj(i -> "node-" + i).toArray(String[]::new);
    trial().open("C-25", instances);

    List<CompletionAnswer> answers =
        trial()
            .together(
                "C-25",
                16,
                i -> trial().store.complete(trial().completion("node-" + i, "t", i % 2 == 0)));

    assertThat(answers.stream().map(CompletionAnswer::open))
        .as("C-25: what concurrent completions leave open: each another number, one of them none")
        .containsExactlyInAnyOrderElementsOf(IntStream.range(0, 16).boxed().toList());
    assertThat(answers.stream().filter(a -> a.open() == 0).map(CompletionAnswer::failed))
        .as("C-25: the failures that the last one is told")
        .containsExactly(8);
    assertThat(answers.stream().map(CompletionAnswer::sequence))
        .as("C-25: the numbers of concurrent completions")
        .doesNotHaveDuplicates();
  }

  @Test
  @Rule("C-33")
  void anOpenInstanceCanBeParkedOnce() {
    trial().open("C-33", "a", "b");

    assertThat(trial().park("C-33", "a"))
        .as("C-33: parking an open instance")
        .isEqualTo(new RunProgress(true, 0, 2, 1, 0, true));
    assertThat(trial().park("C-33", "a"))
        .as("C-33: parking a parked instance")
        .isEqualTo(new RunProgress(true, 0, 2, 1, 0, false));
    assertThat(trial().complete("C-33", "b", "t").parked())
        .as("C-33: the parked instances that a completion is told")
        .isEqualTo(1);
  }

  @Test
  @Rule("C-34")
  void aDecidedInstanceCanNotBeParked() {
    trial().open("C-34", "a", "b");
    trial().complete("C-34", "a", "t");

    assertThat(trial().park("C-34", "a"))
        .as("C-34: parking a decided instance")
        .isEqualTo(new RunProgress(true, 1, 1, 0, 0, false));
    assertThat(trial().park("C-34", "stranger"))
        .as("C-34: parking an instance that nobody opened")
        .isEqualTo(new RunProgress(true, 1, 1, 0, 0, false));
  }

  @Test
  @Rule("C-35")
  void aParkedInstanceCanBeClaimedOnce() {
    trial().open("C-35", "a");
    assertThat(trial().unpark("C-35", "a").changed())
        .as("C-35: claiming an instance that is not parked")
        .isFalse();
    trial().park("C-35", "a");

    assertThat(trial().unpark("C-35", "a"))
        .as("C-35: claiming a parked instance, which stays open")
        .isEqualTo(new RunProgress(true, 0, 1, 0, 0, true));
    assertThat(trial().unpark("C-35", "a").changed())
        .as("C-35: claiming an instance that somebody has claimed")
        .isFalse();
  }

  @Test
  @Rule("C-36")
  void ofManyClaimsOneWins() {
    trial().open("C-36", "a");
    trial().park("C-36", "a");

    List<RunProgress> answers =
        trial().together("C-36", 8, i -> trial().store.unpark(trial().runId, EPOCH, "a"));

    assertThat(answers.stream().filter(RunProgress::changed))
        .as("C-36: those who were told that they claimed a parked instance")
        .hasSize(1);
  }

  @Test
  @Rule("C-37")
  void completingAParkedInstanceUnparksIt() {
    trial().open("C-37", "a", "b");
    trial().park("C-37", "a");

    CompletionAnswer answer = trial().complete("C-37", "a", "t");

    assertThat(answer.parked()).as("C-37: parked after its completion").isZero();
    assertThat(answer.open()).as("C-37: open after its completion").isEqualTo(1);
    assertThat(trial().unpark("C-37", "a").changed())
        .as("C-37: claiming a parked instance that was completed")
        .isFalse();
  }
}
