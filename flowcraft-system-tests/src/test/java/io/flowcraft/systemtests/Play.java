package io.flowcraft.systemtests;

import io.flowcraft.event.FlowEvent;
import io.flowcraft.flow.Flow;
import io.flowcraft.run.Resume;
import io.flowcraft.run.RunExplanation;
import io.flowcraft.run.RunHandle;
import io.flowcraft.run.RunOptions;
import io.flowcraft.run.RunResult;
import io.flowcraft.runtime.FlowRuntime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** One run of a flow, and what people do with it: always at a process that did not start it. */
final class Play {

  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final Crew crew;
  private final Flow flow;
  private final List<Observed> seen = new ArrayList<>();

  Play(Crew crew, Flow flow) {
    this.crew = crew;
    this.flow = flow;
    crew.learn(flow);
  }

  /** The id of the run, the same on each stack. */
  String runId() {
    return flow.id();
  }

  Marks marks() {
    return crew.marks();
  }

  /** The process that did not start the run, where there are two. */
  FlowRuntime other() {
    return crew.last();
  }

  RunHandle start() {
    return start(Map.of(), RunOptions.DEFAULT);
  }

  RunHandle start(Map<String, ?> input, RunOptions options) {
    return crew.first().start(flow, input, options.withRunId(runId()));
  }

  /** Waits until a node says that it runs. */
  void awaitRunning(String nodeId) {
    marks().await(runId() + " runs " + nodeId);
  }

  /** Waits until the run is at rest, and notes what it is like. */
  Observed rest() {
    return rest(other().handle(runId()));
  }

  /** Waits until the run is at rest, and notes what it is like. */
  Observed rest(RunHandle handle) {
    RunResult result = handle.await(PATIENCE);
    Observed observed = Observed.of(result);
    seen.add(observed);
    return observed;
  }

  /** Answers a node, and waits until the run is at rest. */
  Observed answer(String nodeId, Resume resume) {
    return rest(other().resume(runId(), nodeId, resume));
  }

  RunExplanation explain() {
    return other().explain(runId());
  }

  /**
   * The events of a kind that are recorded of the run. Each process stores what it has told a
   * moment later, so this waits until there are so many.
   */
  <T extends FlowEvent> List<T> history(Class<T> kind, int atLeast) {
    long end = System.nanoTime() + PATIENCE.toNanos();
    List<T> events;
    do {
      events = other().history(runId()).stream().filter(kind::isInstance).map(kind::cast).toList();
    } while (events.size() < atLeast && System.nanoTime() < end);
    return events;
  }

  /** Everything that was noted. */
  List<Observed> seen() {
    return List.copyOf(seen);
  }
}
