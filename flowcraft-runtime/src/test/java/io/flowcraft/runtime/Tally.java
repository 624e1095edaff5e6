package io.flowcraft.runtime;

import io.flowcraft.node.NodeContext;
import io.flowcraft.node.NodeFunction;
import io.flowcraft.node.NodeResult;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Keeps a list of who was executed, in order, and counts it. Thread-safe. */
final class Tally {

  private final List<String> ran = new ArrayList<>();
  private final Map<String, Integer> counts = new ConcurrentHashMap<>();

  /** Notes an execution; how many there were of this key. */
  int note(String key) {
    synchronized (ran) {
      ran.add(key);
    }
    return counts.merge(key, 1, Integer::sum);
  }

  int note(NodeContext context) {
    return note(context.nodeId());
  }

  List<String> ran() {
    synchronized (ran) {
      return List.copyOf(ran);
    }
  }

  int count(String key) {
    return counts.getOrDefault(key, 0);
  }

  void clear() {
    synchronized (ran) {
      ran.clear();
    }
    counts.clear();
  }

  /** A node that notes its execution and has its own id for output. */
  NodeFunction node() {
    return context -> {
      note(context);
      return NodeResult.output(context.nodeId());
    };
  }

  /** A node that notes its execution and returns a value. */
  NodeFunction returns(@Nullable Object output) {
    return context -> {
      note(context);
      return NodeResult.output(output);
    };
  }

  /** A node that notes its execution and hands on its input. */
  NodeFunction echo() {
    return context -> {
      note(context);
      return context.hasInput() ? NodeResult.output(context.input()) : NodeResult.none();
    };
  }

  /** A node that fails its first executions, and then has its id for output. */
  NodeFunction failing(int times) {
    return context -> {
      if (note(context) <= times) {
        throw new IllegalStateException("boom in " + context.nodeId());
      }
      return NodeResult.output(context.nodeId());
    };
  }
}
