package io.flowcraft.testkit.spi;

import static org.assertj.core.api.Assertions.assertThat;

import io.flowcraft.run.RunStatus;
import io.flowcraft.spi.RunPage;
import io.flowcraft.spi.RunQuery;
import io.flowcraft.spi.RunRecord;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** How runs are found. */
abstract class StoreListRules {

  abstract StoreTrial trial();

  private String create(String rule, String suffix) {
    String runId = trial().name(suffix);
    trial().answer(rule, trial().store.create(trial().run(runId)));
    return runId;
  }

  private void move(String rule, String runId, RunStatus next) {
    trial()
        .answer(
            rule,
            trial()
                .store
                .transition(
                    runId,
                    StoreTrial.EPOCH,
                    Set.of(RunStatus.values()),
                    next,
                    null,
                    1_800_000_000_000L));
  }

  @Test
  @Rule("S-24")
  void runsAreListedByStatus() {
    String running = create("S-24", "a");
    String awaiting = create("S-24", "b");
    String completed = create("S-24", "c");
    move("S-24", awaiting, RunStatus.AWAITING);
    move("S-24", completed, RunStatus.AWAITING);
    move("S-24", completed, RunStatus.COMPLETED);

    assertThat(trial().listed("S-24", RunStatus.RUNNING))
        .as("S-24: running")
        .containsExactly(running);
    assertThat(trial().listed("S-24", RunStatus.RUNNING, RunStatus.AWAITING))
        .as("S-24: running or awaiting")
        .containsExactly(running, awaiting);
    assertThat(trial().listed("S-24", RunStatus.COMPLETED))
        .as("S-24: completed")
        .containsExactly(completed);
    assertThat(trial().listed("S-24"))
        .as("S-24: in any status")
        .containsExactly(running, awaiting, completed);
  }

  @Test
  @Rule("S-25")
  void runsAreListedByBlueprint() {
    String own = create("S-25", "own");
    RunRecord other = trial().run(trial().name("other"));
    RunRecord foreign =
        new RunRecord(
            other.runId(),
            trial().name("another blueprint"),
            other.blueprintHash(),
            other.blueprint(),
            null,
            null,
            other.initialContext(),
            other.options(),
            RunStatus.RUNNING,
            null,
            StoreTrial.EPOCH,
            null,
            1,
            1,
            1,
            "token-of-another");
    trial().answer("S-25", trial().store.create(foreign));

    assertThat(trial().listed("S-25")).as("S-25: runs of one blueprint").containsExactly(own);
    assertThat(everything()).as("S-25: runs of all blueprints").contains(own, foreign.runId());
  }

  /** The server may have runs of other tests, so this goes through all pages. */
  private List<String> everything() {
    List<String> ids = new ArrayList<>();
    String cursor = null;
    do {
      RunPage page =
          trial().answer("S-25", trial().store.list(new RunQuery(Set.of(), null, cursor, 10_000)));
      page.runs().forEach(run -> ids.add(run.runId()));
      cursor = page.cursor();
    } while (cursor != null);
    return ids;
  }

  @Test
  @Rule("S-26")
  void listsAreOrderedById() {
    List<String> ids = new ArrayList<>();
    for (String suffix : Arrays.asList("m", "a", "z", "b-2", "b-10", "B")) {
      ids.add(create("S-26", suffix));
    }

    assertThat(trial().listed("S-26"))
        .as("S-26: runs in the order of their ids")
        .containsExactlyElementsOf(ids.stream().sorted().toList());
  }

  @Test
  @Rule("S-27")
  void pagesShowEveryRunOnce() {
    List<String> ids = new ArrayList<>();
    for (int i = 10; i < 17; i++) {
      ids.add(create("S-27", "" + i));
    }

    List<String> seen = new ArrayList<>();
    @Nullable String cursor = null;
    do {
      RunQuery query = new RunQuery(Set.of(RunStatus.RUNNING), trial().blueprintId, cursor, 3);
      RunPage page = trial().answer("S-27", trial().store.list(query));
      assertThat(page.runs()).as("S-27: a page of at most three runs").hasSizeLessThanOrEqualTo(3);
      page.runs().forEach(run -> seen.add(run.runId()));
      cursor = page.cursor();
      assertThat(seen)
          .as("S-27: the runs of all pages so far")
          .hasSizeLessThanOrEqualTo(ids.size());
    } while (cursor != null);

    assertThat(seen).as("S-27: the runs of all pages").containsExactlyElementsOf(ids);
  }
}
