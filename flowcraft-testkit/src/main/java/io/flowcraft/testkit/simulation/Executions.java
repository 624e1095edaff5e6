package io.flowcraft.testkit.simulation;

import io.flowcraft.event.FlowEvent;
import io.flowcraft.event.FlowListener;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiPredicate;

/** Which process executes which nodes of the caller's, and which it has executed. */
final class Executions {

  private final World world;
  private final Trace trace;
  private final BiPredicate<String, String> isBuiltIn;
  private final List<Begun> begun = new ArrayList<>();
  private final Map<String, Set<Instance>> underWay = new HashMap<>();

  /**
   * No executions yet.
   *
   * @param isBuiltIn whether a node, by blueprint and id, is one of the library's own
   */
  Executions(World world, Trace trace, BiPredicate<String, String> isBuiltIn) {
    this.world = world;
    this.trace = trace;
    this.isBuiltIn = isBuiltIn;
  }

  /** A node that is to be executed. */
  record Instance(String runId, String nodeId, String iteration) {

    String node() {
      return iteration.isEmpty() ? nodeId : nodeId + " @" + iteration;
    }
  }

  /** A node of the caller's began to be executed. */
  record Begun(Instance instance, String process, long millis) {}

  /** Listens to a process. */
  FlowListener of(String process) {
    return event -> heard(process, event);
  }

  private void heard(String process, FlowEvent event) {
    if (event instanceof FlowEvent.NodeStarted e) {
      began(process, e);
    } else if (event instanceof FlowEvent.NodeFinished e) {
      ended(process, event, e.nodeId(), e.iteration(), "is done with");
    } else if (event instanceof FlowEvent.NodeFailed e) {
      ended(process, event, e.nodeId(), e.iteration(), "fails at");
    } else if (event instanceof FlowEvent.NodeFallback e) {
      ended(process, event, e.nodeId(), e.iteration(), "fails at");
    } else if (event instanceof FlowEvent.NodeAwaiting e) {
      ended(process, event, e.nodeId(), e.iteration(), "parks");
    }
  }

  private void began(String process, FlowEvent.NodeStarted e) {
    Instance instance = new Instance(e.origin().runId(), e.nodeId(), e.iteration());
    if (!isBuiltIn.test(e.origin().blueprintId(), e.nodeId())) {
      begun.add(new Begun(instance, process, world.millis()));
      underWay.computeIfAbsent(process, p -> new LinkedHashSet<>()).add(instance);
    }
    trace.note(world, process, () -> "executes " + instance.node() + " of " + instance.runId());
  }

  private void ended(
      String process, FlowEvent event, String nodeId, String iteration, String verb) {
    Instance instance = new Instance(event.origin().runId(), nodeId, iteration);
    Set<Instance> own = underWay.get(process);
    boolean known = own != null && own.remove(instance);
    if (known || event instanceof FlowEvent.NodeAwaiting) {
      trace.note(world, process, () -> verb + " " + instance.node() + " of " + instance.runId());
    }
  }

  /** Whatever these processes do not execute, nobody does. */
  void retain(Set<String> alive) {
    underWay.keySet().retainAll(alive);
  }

  /** What is executed now, by whoever. */
  Set<Instance> underWay() {
    Set<Instance> all = new LinkedHashSet<>();
    underWay.values().forEach(all::addAll);
    return all;
  }

  /** All executions so far. */
  List<Begun> begun() {
    return begun;
  }
}
