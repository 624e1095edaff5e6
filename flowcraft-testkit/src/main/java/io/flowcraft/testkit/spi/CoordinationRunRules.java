package io.flowcraft.testkit.spi;

import static io.flowcraft.testkit.spi.CoordinationTrial.EPOCH;
import static io.flowcraft.testkit.spi.CoordinationTrial.taken;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.flowcraft.spi.CompletionAnswer;
import io.flowcraft.spi.CompletionAnswer.Verdict;
import io.flowcraft.spi.CoordinationStore;
import io.flowcraft.spi.RunProgress;
import io.flowcraft.spi.RunState;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** How runs become known, and unknown again. */
abstract class CoordinationRunRules {

  abstract CoordinationTrial trial();

  @Test
  @Rule("C-12")
  void anUnknownRunIsAnsweredAsUnknown() {
    CompletionAnswer answer = trial().complete("C-12", "a", "token", taken("b"));

    assertThat(answer.verdict())
        .as("C-12: the verdict on an unknown run")
        .isEqualTo(Verdict.UNKNOWN);
    assertThat(answer.resolved()).as("C-12: joins of an unknown run").isEmpty();
    assertThat(trial().park("C-12", "a"))
        .as("C-12: parking in an unknown run")
        .isEqualTo(RunProgress.UNKNOWN);
    assertThat(trial().unpark("C-12", "a"))
        .as("C-12: unparking in an unknown run")
        .isEqualTo(RunProgress.UNKNOWN);
    assertThat(trial().open("C-12", "a"))
        .as("C-12: the run is still unknown after questions about it")
        .isEqualTo(new RunProgress(true, 0, 1, 0, 0, true));
  }

  @Test
  @Rule("C-13")
  void openingMakesARunKnown() {
    assertThat(trial().open("C-13", "a", "b"))
        .as("C-13: the progress of a new run")
        .isEqualTo(new RunProgress(true, 0, 2, 0, 0, true));
  }

  @Test
  @Rule("C-14")
  void aKnownRunStaysAsItIs() {
    trial().open("C-14", "a", "b");
    trial().complete("C-14", "a", "token");

    RunProgress again =
        trial()
            .open(
                "C-14",
                new RunState(
                    trial().runId,
                    EPOCH,
                    20,
                    3,
                    List.of("b"),
                    List.of("a", "b", "c"),
                    List.of("c"),
                    List.of()));

    assertThat(again)
        .as("C-14: the progress of a run that was opened again")
        .isEqualTo(new RunProgress(true, 1, 1, 0, 0, false));
    assertThat(trial().complete("C-14", "a", "other").verdict())
        .as("C-14: a completion decided before the run was opened again")
        .isEqualTo(Verdict.LOST);
  }

  @Test
  @Rule("C-15")
  void ofManyOpenersOneSeesAChange() {
    List<RunProgress> answers =
        trial()
            .together(
                "C-15",
                8,
                i ->
                    trial().store.open(RunState.begin(trial().runId, EPOCH, List.of("node-" + i))));

    assertThat(answers.stream().filter(RunProgress::changed))
        .as("C-15: those who were told that they opened the run")
        .hasSize(1);
    assertThat(answers).as("C-15: progress told to everybody").allMatch(p -> p.open() == 1);
  }

  @Test
  @Rule("C-16")
  void completionsAreNumberedOnward() {
    RunState state =
        new RunState(trial().runId, EPOCH, 41, 0, List.of(), List.of("a"), List.of(), List.of());
    trial().open("C-16", state);

    long first = trial().complete("C-16", "a", "t", taken("b")).sequence();
    long second = trial().complete("C-16", "b", "t", taken("c")).sequence();
    long third = trial().complete("C-16", "c", "t").sequence();

    assertThat(first).as("C-16: the number after the one given to open").isEqualTo(42);
    assertThat(List.of(first, second, third))
        .as("C-16: the numbers of completions, growing")
        .isSorted()
        .doesNotHaveDuplicates();
  }

  @Test
  @Rule("C-17")
  void aForgottenRunIsUnknown() {
    trial().open("C-17", "a");
    trial().complete("C-17", "a", "t", true, taken("b"));

    trial().answer("C-17", trial().store.forget(trial().runId));
    trial().answer("C-17", trial().store.forget(trial().runId));

    assertThat(trial().complete("C-17", "b", "t").verdict())
        .as("C-17: the verdict on a forgotten run")
        .isEqualTo(Verdict.UNKNOWN);
    assertThat(trial().openIn("C-17", EPOCH - 1, "a"))
        .as("C-17: the progress of a run opened anew, in an earlier epoch")
        .isEqualTo(new RunProgress(true, 0, 1, 0, 0, true));
    assertThat(trial().completeIn("C-17", EPOCH - 1, "a", "other").verdict())
        .as("C-17: a completion in a run opened anew")
        .isEqualTo(Verdict.WON);
  }

  @Test
  @Rule("C-56")
  void aListenerIsToldOfForgottenRuns() {
    CompletableFuture<String> told = new CompletableFuture<>();
    trial()
        .store
        .onForgotten(
            runId -> {
              if (runId.equals(trial().runId)) {
                told.complete(runId);
              }
            });
    trial().open("C-56", "a");

    trial().answer("C-56", trial().store.forget(trial().runId));

    assertThat(trial().answer("C-56", told)).as("C-56: the run in the notice").isNotNull();
  }

  @Test
  @Rule("C-18")
  void runsDoNotMeet() {
    String other = trial().name("other");
    trial().open("C-18", "a");
    trial().answer("C-18", trial().store.open(RunState.begin(other, EPOCH, List.of("a"))));
    trial().complete("C-18", "a", "token");

    trial().answer("C-18", trial().store.forget(trial().runId));

    assertThat(trial().answer("C-18", trial().store.park(other, EPOCH, "a")))
        .as("C-18: a run beside one that went its way")
        .isEqualTo(new RunProgress(true, 0, 1, 1, 0, true));
  }

  @Test
  @Rule("C-38")
  void closingTwiceIsHarmless() {
    trial().store.close();
    trial().store.close();
  }

  @Test
  @Rule("C-39")
  void allObjectsKnowTheSame() throws Exception {
    assumeTrue(trial().kit.shared(), "The backend says that each of its objects stands alone.");
    CoordinationStore another = trial().open();
    trial().open("C-39", "a");

    trial().answer("C-39", another.park(trial().runId, EPOCH, "a"));

    assertThat(trial().unpark("C-39", "a"))
        .as("C-39: the progress after another object parked an instance")
        .isEqualTo(new RunProgress(true, 0, 1, 0, 0, true));
  }
}
