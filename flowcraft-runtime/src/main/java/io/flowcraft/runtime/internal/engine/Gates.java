package io.flowcraft.runtime.internal.engine;

import io.flowcraft.runtime.internal.graph.Instance;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Leads instances through the gate of their batch and the gate of their run, in this order. */
final class Gates {

  /** Lets an instance in if there is room, adding it to those that start; else it waits. */
  void enter(RunFrame frame, Due due, List<Due> starting) {
    Gate batch = batchGate(frame, due.instance());
    if (batch == null || batch.enter(due)) {
      enterRun(frame, due, starting);
    }
  }

  /** An instance is done: those who waited for its places take them. */
  void leave(RunFrame frame, Instance instance, List<Due> starting) {
    Gate batch = batchGate(frame, instance);
    Due sibling = batch == null ? null : batch.leave();
    if (sibling != null) {
      enterRun(frame, sibling, starting);
    }
    Gate run = frame.gate();
    Due next = run.isOpen() ? null : run.leave();
    if (next != null) {
      starting.add(next);
    }
  }

  private static void enterRun(RunFrame frame, Due due, List<Due> starting) {
    if (frame.gate().isOpen() || frame.gate().enter(due)) {
      starting.add(due);
    }
  }

  private static @Nullable Gate batchGate(RunFrame frame, Instance instance) {
    Barrier barrier = frame.barrier(instance);
    return barrier == null || barrier.gate().isOpen() ? null : barrier.gate();
  }
}
