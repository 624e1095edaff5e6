package io.flowcraft.runtime.internal.engine;

import io.flowcraft.runtime.internal.graph.GraphNode;
import io.flowcraft.runtime.internal.graph.Instance;
import io.flowcraft.runtime.internal.kernel.Arrivals;
import io.flowcraft.spi.Arrival;
import io.flowcraft.spi.Completion;
import io.flowcraft.spi.CompletionAnswer;
import io.flowcraft.spi.EdgeState;
import io.flowcraft.spi.JoinSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * Bounds how many workers of a batch are under way, in all processes together: with n lanes the
 * scatter opens the first n workers, and each worker opens the one n places behind it, by an edge
 * of its own. A worker that is parked does so at once, under a name that stands for it; so whatever
 * a batch waits for, its lanes are not held up. No call ever opens more workers than there are
 * lanes, however long the batch is.
 */
final class Lanes {

  /** The edge from a worker to the next one in its lane; no edge of a blueprint has this name. */
  static final String NEXT = ">";

  private Lanes() {}

  /** The workers that the scatter opens: at the most as many as there are lanes. */
  static List<Instance> first(List<Instance> workers, Barrier barrier) {
    int lanes = barrier.lanes();
    return lanes == 0 || lanes >= workers.size() ? workers : workers.subList(0, lanes);
  }

  /** The arrivals of a worker, and one more at the next in its lane. */
  static Arrivals withNext(RunFrame frame, Instance worker, Barrier barrier, Arrivals arrivals) {
    Instance next = next(frame, worker, barrier);
    return next == null
        ? arrivals
        : arrivals.with(new Arrival(next.key(), NEXT, EdgeState.TAKEN, JoinSpec.SINGLE), next);
  }

  private static @Nullable Instance next(RunFrame frame, Instance worker, Barrier barrier) {
    if (barrier.lanes() == 0) {
      return null;
    }
    String id = worker.node().id();
    int index = BatchNodes.index(id) + barrier.lanes();
    GraphNode node = frame.added().get(BatchNodes.at(id, index));
    return node == null ? null : node.at(worker.path().place());
  }

  /** What opens the next worker in the lane of one that is parked; null if nothing is to be. */
  static @Nullable Completion leaving(
      RunFrame frame, long epoch, Instance parked, String token, List<Instance> targets) {
    Barrier barrier = frame.barrier(parked);
    Instance next = barrier == null ? null : next(frame, parked, barrier);
    if (next == null) {
      return null;
    }
    targets.add(next);
    Arrival arrival = new Arrival(next.key(), NEXT, EdgeState.TAKEN, JoinSpec.SINGLE);
    return new Completion(frame.runId(), epoch, parked.laneKey(), token, false, List.of(arrival));
  }

  /**
   * The parked state of an instance is stored, and somebody else may have its lane. It does not
   * count as parked yet.
   *
   * @return whether the coordination store knows the run
   */
  static CompletionStage<Boolean> leave(
      Engine engine, RunFrame frame, long epoch, Instance parked, String token) {
    List<Instance> targets = new ArrayList<>(1);
    Completion leaving = leaving(frame, epoch, parked, token, targets);
    return leaving == null
        ? CompletableFuture.completedStage(true)
        : engine
            .services()
            .coordination()
            .complete(leaving)
            .thenApply(answer -> left(engine, frame, epoch, targets, answer));
  }

  private static boolean left(
      Engine engine, RunFrame frame, long epoch, List<Instance> targets, CompletionAnswer answer) {
    if (answer.verdict() == CompletionAnswer.Verdict.UNKNOWN) {
      return false;
    }
    frame.saw(epoch, answer);
    if (answer.verdict() == CompletionAnswer.Verdict.WON && !answer.resolved().isEmpty()) {
      engine.enqueue(frame, epoch, List.of(new Due(targets.get(0), List.of())));
    }
    return true;
  }
}
