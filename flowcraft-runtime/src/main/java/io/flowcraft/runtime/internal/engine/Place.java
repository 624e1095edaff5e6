package io.flowcraft.runtime.internal.engine;

import java.util.ArrayList;
import java.util.List;

/** The place that a strand's instance has behind the gates of its run and its batch. */
final class Place {

  private final Engine engine;
  private final RunFrame frame;
  private boolean inside;

  Place(Engine engine, RunFrame frame) {
    this.engine = engine;
    this.frame = frame;
  }

  /** The strand's instance has been let in. */
  void taken() {
    inside = true;
  }

  /** Leaves the place of a decided instance; returns those who may start now. */
  List<Due> handOver(Due decided, List<Due> ready) {
    if (frame.gate().isOpen() && frame.hasNoBarriers()) {
      inside = true;
      return ready;
    }
    List<Due> starting = new ArrayList<>(ready.size() + 1);
    for (Due candidate : ready) {
      engine.gates().enter(frame, candidate, starting);
    }
    leave(decided, starting);
    inside = true;
    return starting;
  }

  /** Leaves the place without having decided anything. */
  void giveUp(Due undecided, long epoch) {
    List<Due> starting = new ArrayList<>(1);
    leave(undecided, starting);
    engine.enqueue(frame, epoch, starting);
  }

  private void leave(Due due, List<Due> starting) {
    if (inside) {
      engine.gates().leave(frame, due.instance(), starting);
    }
    inside = false;
  }
}
