package io.flowcraft.testkit.spi;

import static io.flowcraft.testkit.spi.StoreTrial.EPOCH;
import static org.assertj.core.api.Assertions.assertThat;

import io.flowcraft.run.NodeStatus;
import io.flowcraft.run.RunStatus;
import io.flowcraft.spi.Commit;
import io.flowcraft.spi.Outcome;
import io.flowcraft.spi.RunPage;
import io.flowcraft.spi.RunQuery;
import io.flowcraft.spi.RunRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** How runs are found of which something is to happen at a time. */
abstract class StoreTimerRules {

  private static final long BEGAN = 1_700_000_000_123L;
  private static final long DUE = 1_700_000_600_000L;

  abstract StoreTrial trial();

  /** Stores a run that may take so long. */
  private String create(String rule, String suffix, @Nullable Long deadlineMillis) {
    RunRecord run = trial().run(trial().name(suffix));
    RunRecord limited =
        new RunRecord(
            run.runId(),
            run.blueprintId(),
            run.blueprintHash(),
            run.blueprint(),
            null,
            null,
            run.initialContext(),
            run.options(),
            RunStatus.RUNNING,
            null,
            EPOCH,
            deadlineMillis,
            BEGAN - 1,
            BEGAN,
            BEGAN,
            run.token());
    trial().answer(rule, trial().store.create(limited));
    return run.runId();
  }

  private void commit(String rule, String runId, Outcome... outcomes) {
    trial()
        .answer(rule, trial().store.commit(new Commit(runId, EPOCH, List.of(outcomes), List.of())));
  }

  private String sleeping(String rule, String suffix, long wakeUpAtMillis) {
    String runId = create(rule, suffix, null);
    commit(rule, runId, StoreTrial.parked("timer", 1, wakeUpAtMillis));
    return runId;
  }

  @Test
  @Rule("S-38")
  void aParkedStateKnowsWhenItWakes() {
    trial().create("S-38");
    Outcome timer = StoreTrial.parked("timer", 1, DUE);
    Outcome patient = StoreTrial.parked("patient", 2, null);

    trial().commit("S-38", timer, patient);

    assertThat(trial().outcomeOf("S-38", "timer"))
        .as("S-38: a parked state that goes on by itself")
        .isEqualTo(timer);
    assertThat(trial().outcomeOf("S-38", "patient"))
        .as("S-38: a parked state that does not go on by itself")
        .isEqualTo(patient);
  }

  @Test
  @Rule("S-48")
  void runsAreListedWhenTheirTimersAreDue() {
    String first = sleeping("S-48", "a", DUE);
    String second = sleeping("S-48", "b", DUE + 1);
    String third = sleeping("S-48", "c", DUE + 100_000_000);
    commit("S-48", third, StoreTrial.parked("another", 2, DUE + 2));
    commit("S-48", create("S-48", "d", null), StoreTrial.parked("patient", 1, null));
    trial().move("S-48", second, EPOCH, RunStatus.AWAITING, BEGAN);

    assertThat(trial().waking("S-48", DUE - 1)).as("S-48: before the first timer").isEmpty();
    assertThat(trial().waking("S-48", DUE)).as("S-48: at the first timer").containsExactly(first);
    assertThat(trial().waking("S-48", DUE + 2))
        .as("S-48: at the third timer")
        .containsExactly(first, second, third);
    assertThat(trial().waking("S-48", DUE + 2, RunStatus.AWAITING))
        .as("S-48: at the third timer, awaiting")
        .containsExactly(second);
  }

  @Test
  @Rule("S-48")
  void dueRunsAreListedInPages() {
    List<String> due = new ArrayList<>();
    for (int i = 10; i < 15; i++) {
      due.add(sleeping("S-48", "due-" + i, DUE));
      sleeping("S-48", "late-" + i, DUE + 1);
    }

    List<String> seen = new ArrayList<>();
    @Nullable String cursor = null;
    do {
      RunQuery query = new RunQuery(Set.of(), trial().blueprintId, DUE, cursor, 2);
      RunPage page = trial().answer("S-48", trial().store.list(query));
      page.runs().forEach(run -> seen.add(run.runId()));
      cursor = page.cursor();
      assertThat(seen).as("S-48: the due runs so far").hasSizeLessThanOrEqualTo(due.size());
    } while (cursor != null);

    assertThat(seen).as("S-48: the due runs of all pages").containsExactlyElementsOf(due);
  }

  @Test
  @Rule("S-49")
  void runsAreListedWhenTheirDeadlineIsOver() {
    String runId = create("S-49", "a", 1_000L);
    create("S-49", "b", null);

    assertThat(trial().waking("S-49", BEGAN + 999)).as("S-49: before the deadline").isEmpty();
    assertThat(trial().waking("S-49", BEGAN + 1_000))
        .as("S-49: the runs whose deadline is over")
        .containsExactly(runId);
    trial().move("S-49", runId, EPOCH, RunStatus.FAILED, DUE - 1);
    trial().move("S-49", runId, EPOCH, RunStatus.RUNNING, DUE);
    assertThat(trial().waking("S-49", DUE + 999))
        .as("S-49: before the deadline of a run that was set going again")
        .isEmpty();
    assertThat(trial().waking("S-49", DUE + 1_000))
        .as("S-49: at the deadline of a run that was set going again")
        .containsExactly(runId);
  }

  @Test
  @Rule("S-50")
  void aRunThatHasEndedDoesNotWake() {
    String live = sleeping("S-50", "live", DUE);
    String ended = create("S-50", "ended", 1_000L);
    commit("S-50", ended, StoreTrial.parked("timer", 1, DUE));

    trial().move("S-50", live, EPOCH, RunStatus.CANCELLING, DUE);
    trial().move("S-50", ended, EPOCH, RunStatus.CANCELLED, DUE);

    assertThat(trial().waking("S-50", DUE))
        .as("S-50: the runs that wake, those that have ended not")
        .containsExactly(live);
  }

  @Test
  @Rule("S-51")
  void aTimerThatIsOverWakesNobody() {
    String answered = sleeping("S-51", "answered", DUE);
    commit("S-51", answered, StoreTrial.completed("timer", 5));
    commit("S-51", answered, StoreTrial.parked("timer", 4, DUE));
    String again = sleeping("S-51", "again", DUE);
    commit("S-51", again, StoreTrial.parked("timer", 2, DUE + 1));
    String patient = sleeping("S-51", "patient", DUE);
    commit("S-51", patient, StoreTrial.parked("timer", 2, null));
    String fact = sleeping("S-51", "fact", DUE);
    commit("S-51", fact, StoreTrial.outcome("timer", NodeStatus.FAILED, 1));
    String takenBack = sleeping("S-51", "taken back", DUE);
    trial().answer("S-51", trial().store.fence(takenBack, EPOCH, List.of("timer")));

    assertThat(trial().waking("S-51", DUE))
        .as("S-51: runs that wake for a timer that was answered, taken back or set anew")
        .isEmpty();
    assertThat(trial().waking("S-51", DUE + 1))
        .as("S-51: the run whose timer was set anew")
        .containsExactly(again);
  }
}
