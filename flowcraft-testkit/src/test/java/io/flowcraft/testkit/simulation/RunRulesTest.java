package io.flowcraft.testkit.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import io.flowcraft.flow.Flow;
import io.flowcraft.json.JsonSerializer;
import io.flowcraft.run.NodeStatus;
import io.flowcraft.run.RunStatus;
import io.flowcraft.spi.Commit;
import io.flowcraft.spi.EdgeDecision;
import io.flowcraft.spi.EdgeState;
import io.flowcraft.spi.Entry;
import io.flowcraft.spi.Outcome;
import io.flowcraft.spi.Payload;
import io.flowcraft.spi.RunRecord;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Each rule is broken once. */
class RunRulesTest {

  private static final Payload DATA = Payload.of(1, new JsonSerializer());
  private static final Flow FLOW =
      Flow.named("flow").node("a", Nodes.OWN_ID).node("b", Nodes.OWN_ID).edge("a", "b").build();

  private final List<String> broken = new ArrayList<>();
  private final ObservedStore store =
      new ObservedStore(
          new RunRules(Ways.of(FLOW), false, breach -> broken.add(breach.invariant())), null);

  @BeforeEach
  void create() {
    RunRecord run =
        new RunRecord(
            "run",
            "flow",
            "hash",
            DATA,
            null,
            null,
            DATA,
            DATA,
            RunStatus.RUNNING,
            null,
            1,
            null,
            0,
            0,
            0,
            "token");
    store.create(run);
  }

  @Test
  void aGoodRunBreaksNothing() {
    commit(outcome("a", NodeStatus.COMPLETED, 1));
    commit(outcome("a", NodeStatus.COMPLETED, 1));
    commit(outcome("b", NodeStatus.COMPLETED, 2), new Entry("key", DATA, 2));
    move(RunStatus.COMPLETED);

    assertThat(broken).isEmpty();
  }

  @Test
  void anOutcomeIsReplaced() {
    commit(outcome("a", NodeStatus.COMPLETED, 1));
    commit(outcome("a", NodeStatus.FAILED, 2));

    assertThat(broken).containsExactly("I1 an outcome stays");
  }

  @Test
  void anOutcomeIsTakenBack() {
    commit(outcome("a", NodeStatus.COMPLETED, 1));
    store.fence("run", 1, List.of("a"));

    assertThat(broken).containsExactly("I1 an outcome stays");
  }

  @Test
  void aNodeIsExecutedThatNobodyLedTo() {
    commit(outcome("b", NodeStatus.COMPLETED, 1));

    assertThat(broken).containsExactly("whoever was executed was led to");
  }

  @Test
  void somethingIsRecordedAfterTheEnd() {
    commit(outcome("a", NodeStatus.COMPLETED, 1));
    move(RunStatus.FAILED);
    commit(outcome("b", NodeStatus.COMPLETED, 2));

    assertThat(broken).containsExactly("nothing is recorded after the end");
  }

  @Test
  void aContextWriteComesAfterTheEnd() {
    commit(outcome("a", NodeStatus.COMPLETED, 1));
    move(RunStatus.FAILED);
    commit(outcome("a", NodeStatus.COMPLETED, 1), new Entry("key", DATA, 1));

    assertThat(broken).containsExactly("nothing is recorded after the end");
  }

  @Test
  void anEndedRunGoesOn() {
    move(RunStatus.FAILED);
    move(RunStatus.RUNNING);

    assertThat(broken).containsExactly("the final status stays");
  }

  @Test
  void aContextWriteBelongsToNoOutcome() {
    commit(outcome("a", NodeStatus.COMPLETED, 1));
    commit(outcome("a", NodeStatus.COMPLETED, 1), new Entry("key", DATA, 2));

    assertThat(broken).containsExactly("I10 context writes come with their outcome");
  }

  @Test
  void twoOutcomesHaveTheSamePlace() {
    commit(outcome("a", NodeStatus.COMPLETED, 1));
    commit(outcome("b", NodeStatus.COMPLETED, 1));

    assertThat(broken).containsExactly("each outcome has a place of its own");
  }

  private void commit(Outcome outcome, Entry... entries) {
    store.commit(new Commit("run", 1, List.of(outcome), List.of(entries)));
  }

  private void move(RunStatus next) {
    store.transition("run", 1, EnumSet.allOf(RunStatus.class), next, null, 1);
  }

  private static Outcome outcome(String node, NodeStatus status, long sequence) {
    List<EdgeDecision> routing =
        node.equals("a") ? List.of(new EdgeDecision(0, EdgeState.TAKEN, false, null)) : List.of();
    return new Outcome(node, node, "", status, sequence, 1, DATA, null, routing, null, null, 0, 0);
  }
}
