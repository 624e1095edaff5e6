package io.flowcraft.testkit;

import io.flowcraft.event.FlowEvent;
import io.flowcraft.node.NodeResult;
import io.flowcraft.run.Resume;
import io.flowcraft.run.RunExplanation;
import io.flowcraft.run.RunResult;
import io.flowcraft.run.RunStatus;
import java.util.List;
import java.util.Optional;

/** A run of a {@link FlowTester}. Whatever moves it runs it as far as it goes at once. */
public final class TestRun {

  private final FlowTester tester;
  private final String runId;

  TestRun(FlowTester tester, String runId) {
    this.tester = tester;
    this.runId = runId;
  }

  /** The id of the run. */
  public String runId() {
    return runId;
  }

  /** The run as it is now. */
  public RunResult result() {
    return tester.driver().look(runtime -> runtime.handle(runId).snapshot());
  }

  /** Where the run is now. */
  public RunStatus status() {
    return result().status();
  }

  /** The events of the run so far; those of child runs not included. */
  public List<FlowEvent> events() {
    return tester.events().stream().filter(event -> event.origin().runId().equals(runId)).toList();
  }

  /** The events of the run so far of one kind. */
  public <E extends FlowEvent> List<E> events(Class<E> kind) {
    return events().stream().filter(kind::isInstance).map(kind::cast).toList();
  }

  /** What happened in the run and its child runs so far, a line for each event. */
  public String trace() {
    return Trace.of(Trace.family(tester.events(), runId), runId);
  }

  /** Why the run is where it is. */
  public RunExplanation explain() {
    return tester.driver().look(runtime -> runtime.explain(runId));
  }

  /** Answers a waiting node without output and action. */
  public TestRun resume(String nodeId) {
    return resume(nodeId, Resume.empty());
  }

  /** Answers a waiting or sleeping node. */
  public TestRun resume(String nodeId, Resume resume) {
    tester
        .driver()
        .tell(
            "resume " + nodeId + " of " + runId,
            runId,
            nodeId,
            r -> r.resume(runId, nodeId, resume));
    return drained();
  }

  /** Asks the run to stop. */
  public TestRun cancel(String reason) {
    tester.driver().tell("cancel " + runId, runId, null, r -> r.cancel(runId, reason));
    return drained();
  }

  /** Runs a failed, stalled or cancelled run on from where it stopped. */
  public TestRun retry() {
    tester.driver().tell("retry " + runId, runId, null, r -> r.retry(runId));
    return drained();
  }

  /** Completes a parked or failed node without output, as if it had run. */
  public TestRun skipNode(String nodeId) {
    tester
        .driver()
        .mend("skip " + nodeId + " of " + runId, runId, nodeId, r -> r.skipNode(runId, nodeId));
    return drained();
  }

  /** Completes a parked or failed node with a result, as if it had run. */
  public TestRun completeNode(String nodeId, NodeResult result) {
    tester
        .driver()
        .mend(
            "complete " + nodeId + " of " + runId,
            runId,
            nodeId,
            r -> r.completeNode(runId, nodeId, result));
    return drained();
  }

  /**
   * Goes on until the next node of the run, or of a child run, has come to its end or to rest.
   *
   * @return the node; empty if nothing can run before time passes or the outside answers
   */
  public Optional<String> step() {
    return tester.step(runId);
  }

  /** Whether nodes may be executed again because processes die. */
  boolean isDisturbed() {
    return tester.driver().isDisturbed();
  }

  private TestRun drained() {
    tester.drain();
    return this;
  }

  @Override
  public String toString() {
    return "run " + runId;
  }
}
