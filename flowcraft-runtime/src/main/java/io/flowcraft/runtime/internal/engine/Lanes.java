package io.flowcraft.runtime.internal.engine;

import io.flowcraft.runtime.internal.graph.GraphNode;
import io.flowcraft.runtime.internal.graph.Instance;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Bounds how many workers of a batch are under way, in all processes together and without asking
 * anybody: with n lanes the first n workers start at once, and each other one when the worker n
 * places before it is stored, as decided or parked. So what may start can be told from what is
 * stored, and whoever decides a worker knows who is next.
 */
final class Lanes {

  private Lanes() {}

  /**
   * Who may start now.
   *
   * @param ready what has become ready
   * @param stored an instance that has just been stored; null for none
   */
  static List<Due> starting(RunFrame frame, List<Due> ready, @Nullable Due stored) {
    List<Due> starting = new ArrayList<>(ready.size() + 1);
    for (Due candidate : ready) {
      if (isFree(frame, candidate.instance(), key -> false)) {
        starting.add(candidate);
      }
    }
    Due next = stored == null ? null : next(frame, stored.instance());
    if (next != null) {
      starting.add(next);
    }
    return starting;
  }

  /**
   * Whether the lane of an instance is free for it.
   *
   * @param isStored tells of an instance whether it is decided or parked
   */
  static boolean isFree(RunFrame frame, Instance instance, Predicate<String> isStored) {
    int lanes = lanes(frame, instance);
    if (lanes == 0) {
      return true;
    }
    int index = BatchNodes.index(instance.node().id());
    Instance before = index < lanes ? null : worker(frame, instance, index - lanes);
    return before == null || isStored.test(before.key());
  }

  private static @Nullable Due next(RunFrame frame, Instance instance) {
    int lanes = lanes(frame, instance);
    if (lanes == 0) {
      return null;
    }
    Instance next = worker(frame, instance, BatchNodes.index(instance.node().id()) + lanes);
    return next == null ? null : new Due(next, List.of());
  }

  private static int lanes(RunFrame frame, Instance instance) {
    Barrier barrier = frame.barrier(instance);
    return barrier == null ? 0 : barrier.lanes();
  }

  private static @Nullable Instance worker(RunFrame frame, Instance sibling, int index) {
    GraphNode node = frame.added().get(BatchNodes.at(sibling.node().id(), index));
    return node == null ? null : node.at(sibling.path().place());
  }
}
