package io.flowcraft.testkit;

import io.flowcraft.event.FlowEvent.NodeStarted;
import io.flowcraft.json.JsonSerializer;
import io.flowcraft.run.NodeStatus;
import io.flowcraft.run.RunError;
import io.flowcraft.run.RunResult;
import io.flowcraft.run.RunStatus;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.assertj.core.api.AbstractAssert;
import org.jspecify.annotations.Nullable;

/** Assertions about a run as it is now. A failure shows what happened in the run. */
public final class TestRunAssert extends AbstractAssert<TestRunAssert, TestRun> {

  private static final JsonSerializer JSON = new JsonSerializer();

  TestRunAssert(TestRun run) {
    super(run, TestRunAssert.class);
  }

  /** The run is completed. */
  public TestRunAssert isCompleted() {
    return hasStatus(RunStatus.COMPLETED);
  }

  /** The run failed. */
  public TestRunAssert isFailed() {
    return hasStatus(RunStatus.FAILED);
  }

  /** The run was cancelled. */
  public TestRunAssert isCancelled() {
    return hasStatus(RunStatus.CANCELLED);
  }

  /** The run is in a status. */
  public TestRunAssert hasStatus(RunStatus expected) {
    isNotNull();
    RunStatus found = actual.status();
    return check(found == expected, "the run is %s; expected: %s".formatted(found, expected));
  }

  /** Exactly these nodes wait, for a timer, the outside or a child run, and nothing else runs. */
  public TestRunAssert isAwaiting(String... nodeIds) {
    hasStatus(RunStatus.AWAITING);
    Set<String> found = new TreeSet<>(actual.result().awaiting());
    Set<String> expected = new TreeSet<>(Arrays.asList(nodeIds));
    return check(found.equals(expected), "nodes %s wait; expected: %s".formatted(found, expected));
  }

  /** These nodes are completed. */
  public TestRunAssert hasCompleted(String... nodeIds) {
    return haveStatus(NodeStatus.COMPLETED, nodeIds);
  }

  /** These nodes were skipped. */
  public TestRunAssert skipped(String... nodeIds) {
    return haveStatus(NodeStatus.SKIPPED, nodeIds);
  }

  /** These nodes failed, and nobody stood in for them. */
  public TestRunAssert failed(String... nodeIds) {
    return haveStatus(NodeStatus.FAILED, nodeIds);
  }

  /** These nodes failed, and another node stood in for each. */
  public TestRunAssert replaced(String... nodeIds) {
    return haveStatus(NodeStatus.REPLACED, nodeIds);
  }

  private TestRunAssert haveStatus(NodeStatus expected, String... nodeIds) {
    isNotNull();
    Map<String, NodeStatus> nodes = actual.result().nodes();
    for (String nodeId : nodeIds) {
      NodeStatus found = nodes.get(nodeId);
      check(
          found == expected,
          "node '%s' is %s; expected: %s"
              .formatted(nodeId, found == null ? "unknown" : found, expected));
    }
    return this;
  }

  /** A node has this output. Numbers are equal if their values are. */
  public TestRunAssert hasOutput(String nodeId, @Nullable Object expected) {
    isNotNull();
    return hasValue("output of node", nodeId, actual.result().outputs(), expected);
  }

  /** A node has no output. */
  public TestRunAssert hasNoOutput(String nodeId) {
    isNotNull();
    Map<String, @Nullable Object> outputs = actual.result().outputs();
    return check(
        !outputs.containsKey(nodeId),
        "the output of node '%s' is %s; expected: none".formatted(nodeId, outputs.get(nodeId)));
  }

  /** The run's context has this value under a key. Numbers are equal if their values are. */
  public TestRunAssert hasContext(String key, @Nullable Object expected) {
    isNotNull();
    return hasValue("context value", key, actual.result().context(), expected);
  }

  private TestRunAssert hasValue(
      String what, String key, Map<String, @Nullable Object> values, @Nullable Object expected) {
    check(
        values.containsKey(key),
        "there is no %s '%s'; expected: %s".formatted(what, key, expected));
    return check(
        Objects.equals(data(values.get(key)), data(expected)),
        "the %s '%s' is %s; expected: %s".formatted(what, key, values.get(key), expected));
  }

  /** The value as a run stores it, so that an int equals a long. */
  private static @Nullable Object data(@Nullable Object value) {
    return JSON.deserialize(JSON.serialize(value));
  }

  /**
   * A node was executed this often; attempts of one execution count once, and so may executions
   * that are repeated because a process has died.
   */
  public TestRunAssert ran(String nodeId, int times) {
    isNotNull();
    List<NodeStarted> found =
        actual.events(NodeStarted.class).stream().filter(e -> e.nodeId().equals(nodeId)).toList();
    long most = found.size();
    long least =
        actual.isDisturbed() ? found.stream().map(NodeStarted::iteration).distinct().count() : most;
    return check(
        least <= times && times <= most,
        "node '%s' ran %s times; expected: %s".formatted(nodeId, most, times));
  }

  /** These nodes began in this order; others may have begun between them. */
  public TestRunAssert inOrder(String... nodeIds) {
    isNotNull();
    List<String> found = started();
    List<String> rest = new ArrayList<>(found);
    for (String nodeId : nodeIds) {
      int place = rest.indexOf(nodeId);
      check(
          place >= 0,
          "nodes began in the order %s; expected: %s".formatted(found, List.of(nodeIds)));
      rest = rest.subList(place + 1, rest.size());
    }
    return this;
  }

  private List<String> started() {
    return actual.events(NodeStarted.class).stream().map(NodeStarted::nodeId).toList();
  }

  /** An unhandled failure has this text in its message or in that of a cause. */
  public TestRunAssert hasErrorContaining(String text) {
    isNotNull();
    RunResult result = actual.result();
    boolean found =
        result.errors().stream().map(RunError::toString).anyMatch(e -> e.contains(text));
    return check(
        found, "the errors are %s; expected: one with \"%s\"".formatted(result.errors(), text));
  }

  private TestRunAssert check(boolean holds, String message) {
    if (!holds) {
      String story = "\nwhat happened in " + actual + ":\n" + actual.trace();
      failWithMessage("%s", message + story + unfinished());
    }
    return this;
  }

  private String unfinished() {
    return actual.status().isFinal() ? "" : "\nhow it stands: " + actual.explain();
  }
}
