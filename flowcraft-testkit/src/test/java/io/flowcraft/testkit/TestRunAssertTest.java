package io.flowcraft.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.flowcraft.flow.Flow;
import io.flowcraft.node.NodeResult;
import java.time.Duration;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Assertions that do not hold say what was found, what was expected, and what happened. */
class TestRunAssertTest {

  private static final Flow FLOW =
      Flow.named("flow")
          .node("first", context -> NodeResult.output(Map.of("n", 1)))
          .sleep("nap", Duration.ofHours(1))
          .node("second", context -> NodeResult.none())
          .edge("first", "nap")
          .edge("nap", "second")
          .build();

  private final FlowTester flows = new FlowTester();
  private final TestRun run = flows.start(FLOW, Map.of("key", "value"));

  @AfterEach
  void close() {
    flows.close();
  }

  @TestFactory
  Stream<DynamicTest> failuresSayWhatWasFoundAndExpected() {
    return Stream.of(
        row("the run is AWAITING; expected: COMPLETED", TestRunAssert::isCompleted),
        row("the run is AWAITING; expected: FAILED", TestRunAssert::isFailed),
        row("the run is AWAITING; expected: CANCELLED", TestRunAssert::isCancelled),
        row("nodes [nap] wait; expected: [other]", run -> run.isAwaiting("other")),
        row("node 'nap' is TIMER; expected: COMPLETED", run -> run.hasCompleted("first", "nap")),
        row("node 'second' is WAITING; expected: SKIPPED", run -> run.skipped("second")),
        row("node 'third' is unknown; expected: SKIPPED", run -> run.skipped("third")),
        row("node 'first' is COMPLETED; expected: FAILED", run -> run.failed("first")),
        row("node 'first' is COMPLETED; expected: REPLACED", run -> run.replaced("first")),
        row(
            "the output of node 'first' is {n=1}; expected: {n=2}",
            run -> run.hasOutput("first", Map.of("n", 2))),
        row("there is no output of node 'second'; expected: 1", run -> run.hasOutput("second", 1)),
        row("the output of node 'first' is {n=1}; expected: none", run -> run.hasNoOutput("first")),
        row(
            "the context value 'key' is value; expected: other",
            run -> run.hasContext("key", "other")),
        row("node 'first' ran 1 times; expected: 2", run -> run.ran("first", 2)),
        row(
            "nodes began in the order [first, nap]; expected: [nap, first]",
            run -> run.inOrder("nap", "first")),
        row(
            "the errors are []; expected: one with \"boom\"",
            run -> run.hasErrorContaining("boom")));
  }

  private DynamicTest row(String words, Consumer<TestRunAssert> assertion) {
    return DynamicTest.dynamicTest(
        words,
        () ->
            assertThatThrownBy(() -> assertion.accept(FlowAssertions.assertThat(run)))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining(words));
  }

  @Test
  void failuresTellTheStory() {
    assertThatThrownBy(() -> FlowAssertions.assertThat(run).isCompleted())
        .hasMessageContaining("what happened in run " + run.runId())
        .hasMessageContaining("run started")
        .hasMessageContaining("first finished -> {n=1}")
        .hasMessageContaining("nap waits for timer")
        .hasMessageContaining("how it stands: run " + run.runId());
  }

  @Test
  void traceLinesTellTimes() {
    flows.advance(Duration.ofHours(2));

    assertThat(run.trace().lines()).first().asString().startsWith("  +0s");
    assertThat(run.trace().lines().filter(line -> line.contains("second started")))
        .singleElement()
        .asString()
        .startsWith("  +1h");
  }

  @Test
  void assertionsThatHoldAreSilent() {
    FlowAssertions.assertThat(run)
        .isAwaiting("nap")
        .hasCompleted("first")
        .hasOutput("first", Map.of("n", 1L))
        .hasContext("key", "value")
        .hasNoOutput("second")
        .inOrder("first", "nap")
        .ran("first", 1);
  }
}
