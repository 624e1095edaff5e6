package io.flowcraft.runtime.internal.engine;

import io.flowcraft.error.ErrorCode;
import io.flowcraft.error.FlowcraftException;
import io.flowcraft.event.FlowEvent;
import io.flowcraft.node.NodeResult;
import io.flowcraft.run.NodeStatus;
import io.flowcraft.run.RunStatus;
import io.flowcraft.runtime.internal.graph.Instance;
import io.flowcraft.runtime.internal.graph.Path;
import io.flowcraft.spi.Commit;
import io.flowcraft.spi.Outcome;
import io.flowcraft.spi.Payload;
import io.flowcraft.spi.RunRecord;
import io.flowcraft.spi.RunSlice;
import io.flowcraft.spi.Selection;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Mends runs by hand: retries what failed, decides a node without executing it. */
final class Repairs {

  private static final Set<RunStatus> RETRYABLE =
      EnumSet.of(RunStatus.FAILED, RunStatus.STALLED, RunStatus.CANCELLED);

  private static final Set<RunStatus> AT_REST =
      EnumSet.of(RunStatus.FAILED, RunStatus.STALLED, RunStatus.CANCELLED, RunStatus.AWAITING);

  /** The epoch of its parent that a child was set going again for. */
  private static final String PARENT_EPOCH = "parentEpoch";

  private final Engine engine;
  private final Services services;

  Repairs(Engine engine) {
    this.engine = engine;
    this.services = engine.services();
  }

  /** Runs a failed, stalled or cancelled run on from where it stopped. */
  RunFrame retry(String runId) {
    RunRecord run = require(runId);
    if (!RETRYABLE.contains(run.status())) {
      throw state(run, "retried", "only a failed, stalled or cancelled run can be");
    }
    requireNotUndone(run);
    Set<String> back = withReplaced(runId, failures(run, null));
    Map<String, Outcome> all = all(runId);
    for (String key : back) {
      Outcome outcome = all.get(key);
      if (outcome != null) {
        retryChildren(runId, outcome);
      }
    }
    return reopen(run, back, null, frame -> {});
  }

  private void requireNotUndone(RunRecord run) {
    if (Stages.join(services.store().find(Sagas.runId(run.runId()))).isPresent()) {
      throw state(run, "retried", "what it had done was undone; start a new run");
    }
  }

  /** Gives a parked or failed node a result of the caller's. */
  RunFrame complete(String runId, String nodeId, NodeResult given) {
    RunRecord run = require(runId);
    Object data = services.values().data(given.output(), "The output of node '" + nodeId + "'");
    NodeResult result = given.hasOutput() ? given.withOutput(data) : given;
    if (run.status().isFinal()) {
      return completeFailed(run, nodeId, result);
    }
    RunFrame frame = Engine.known(engine.recovery().load(runId), runId);
    Outcome parked = latest(runId, nodeId);
    Instance instance =
        parked == null ? null : engine.recovery().instance(frame, parked.instance());
    if (parked == null || instance == null || !ContextSnapshot.isParked(parked)) {
      return completeAside(run, frame, nodeId, result);
    }
    if (!engine.parking().answer(frame, instance, parked, result)) {
      throw state(run, "mended at node '" + nodeId + "'", "somebody else has answered the node");
    }
    if (Detail.of(parked).get(Detail.CHILD) instanceof String childRunId) {
      engine.children().abandon(childRunId);
    }
    return frame;
  }

  /** A node has failed in a run that waits for something else. */
  private RunFrame completeAside(RunRecord run, RunFrame frame, String nodeId, NodeResult result) {
    requireFailed(run, nodeId, failures(run, nodeId));
    if (!engine.endings().letGo(frame)) {
      throw state(run, "mended at node '" + nodeId + "'", "other nodes of it are at work");
    }
    RunFrame mended = completeFailed(run, nodeId, result);
    Stages.whenDone(mended.settled(), (value, error) -> frame.settled().complete(value));
    return mended;
  }

  private static Outcome requireFailed(RunRecord run, String nodeId, List<Outcome> back) {
    return back.stream()
        .filter(o -> o.nodeId().equals(nodeId) && o.status() == NodeStatus.FAILED)
        .findFirst()
        .orElseThrow(
            () ->
                state(
                    run,
                    "mended at node '" + nodeId + "'",
                    "the node is neither parked nor failed"));
  }

  private RunFrame completeFailed(RunRecord run, String nodeId, NodeResult result) {
    requireNotUndone(run);
    List<Outcome> back = failures(run, nodeId);
    Outcome failed = requireFailed(run, nodeId, back);
    Set<String> keys = new LinkedHashSet<>();
    back.forEach(outcome -> keys.add(outcome.instance()));
    return reopen(
        run, keys, failed.instance(), frame -> goOnWith(frame, failed.instance(), result));
  }

  private void goOnWith(RunFrame frame, String key, NodeResult result) {
    Instance instance = Engine.known(engine.recovery().instance(frame, key), key);
    Due mended = new Due(instance, List.of());
    ExecutionContext context = new ExecutionContext(services, frame, mended, null, null);
    Stages.join(
        Strand.resume(
                engine, context, frame.epoch(), mended, CompletableFuture.completedFuture(result))
            .runUntilStored());
  }

  /**
   * What to take back: the failures, or only that of one node, and what was not run because of a
   * failure. Other failures then stay as they are.
   */
  private List<Outcome> failures(RunRecord run, @Nullable String nodeId) {
    List<Outcome> back = new ArrayList<>();
    for (Outcome outcome : all(run.runId()).values()) {
      Map<String, @Nullable Object> detail = Detail.of(outcome);
      boolean failed =
          outcome.status() == NodeStatus.FAILED && !detail.containsKey(Detail.TOLERATED);
      boolean wanted = nodeId == null || nodeId.equals(outcome.nodeId());
      boolean dead = outcome.status() == NodeStatus.SKIPPED && detail.containsKey(Detail.DEAD);
      if ((failed && wanted) || dead) {
        back.add(outcome);
      }
    }
    return back;
  }

  /**
   * Takes outcomes back and sets the run going, in an epoch of its own; of several callers, one
   * does.
   *
   * @param mended the instance that its caller goes on with; null for none
   */
  private RunFrame reopen(
      RunRecord run, Set<String> back, @Nullable String mended, Consumer<RunFrame> goOn) {
    String runId = run.runId();
    if (engine.frames().containsKey(runId)) {
      throw movedOn(run);
    }
    Optional<RunSlice> slice =
        Stages.join(services.store().fence(runId, run.epoch(), List.copyOf(back)));
    if (slice.isEmpty()) {
      throw movedOn(require(runId));
    }
    long epoch = run.epoch() + 1;
    RunRecord moved =
        Moves.move(services, runId, epoch, AT_REST, RunStatus.RUNNING, again(run)).orElse(run);
    if (moved.status() != RunStatus.RUNNING || moved.epoch() != epoch) {
      throw movedOn(moved);
    }
    RunFrame read = Engine.known(engine.recovery().read(runId), runId);
    RunFrame frame = engine.recovery().adopt(read);
    try {
      frame.beginsAgain();
      engine.recovery().goOn(frame, engine.recovery().slice(frame));
      if (services.events().isHeard()) {
        services.events().emit(new FlowEvent.RunResumed(frame.origin(services.time())));
      }
      Replay replay = Replay.of(engine, frame, engine.recovery().slice(frame), epoch);
      Commit missing = replay.missing();
      if (!missing.outcomes().isEmpty()) {
        Stages.join(services.store().commit(missing));
      }
      if (!Stages.join(services.coordination().open(replay.state())).known()) {
        // Somebody has taken the run for abandoned, and goes on with it in the next epoch.
        Stages.join(engine.renewal().renew(frame, epoch));
        if (mended != null) {
          throw movedOn(require(runId));
        }
        return frame;
      }
      List<Due> due =
          replay.due().stream()
              .filter(candidate -> !candidate.instance().key().equals(mended))
              .toList();
      engine.recovery().start(frame, due);
      goOn.accept(frame);
    } finally {
      engine.lifecycle().release(frame);
    }
    return frame;
  }

  /**
   * What a run keeps of being set going again. A child goes first, for its parent to find it at
   * work; until its parent follows, that is no child which is left over.
   */
  private Payload again(RunRecord run) {
    String parent = run.parentRunId();
    Optional<RunRecord> above =
        parent == null ? Optional.empty() : Stages.join(services.store().find(parent));
    return above.isEmpty()
        ? engine.emptySummary()
        : services.values().payload(Map.of(PARENT_EPOCH, above.get().epoch() + 1));
  }

  /**
   * Whether a child was set going again, and its parent was not since it ended. What counts is the
   * epoch in which the parent ended: whoever tried to set it going again may have begun another.
   */
  static boolean isAhead(RunRecord child, RunRecord parent) {
    long runsFor = number(child, PARENT_EPOCH, 0);
    return parent.status().isFinal() && runsFor > number(parent, Detail.EPOCH, parent.epoch());
  }

  private static long number(RunRecord run, String name, long otherwise) {
    return run.summary() != null
            && run.summary().value() instanceof Map<?, ?> kept
            && kept.get(name) instanceof Number number
        ? number.longValue()
        : otherwise;
  }

  private static FlowcraftException movedOn(RunRecord now) {
    return state(now, "mended", "somebody else has set it moving");
  }

  /** A stand-in that failed is not tried again: the node that it stood in for is. */
  private Set<String> withReplaced(String runId, List<Outcome> back) {
    Set<String> keys = new LinkedHashSet<>();
    RunFrame frame = Engine.known(engine.recovery().load(runId), runId);
    for (Outcome outcome : back) {
      keys.add(outcome.instance());
      Instance instance = frame.parse(outcome.instance());
      Path path = instance == null ? null : instance.path();
      while (path != null && path.standsInFor() != null && path.parent() != null) {
        keys.add(path.standsInFor().at(path.parent()).key());
        path = path.parent();
      }
    }
    return keys;
  }

  /** The last child of a failed sub-workflow node goes on from where it failed, too. */
  private void retryChildren(String runId, Outcome outcome) {
    for (int attempt = Math.max(1, outcome.attempt()); attempt >= 1; attempt--) {
      String suffix = attempt == 1 ? "" : "~" + attempt;
      String childRunId = runId + "/" + outcome.instance() + suffix;
      Optional<RunRecord> child = Stages.join(services.store().find(childRunId));
      if (child.isPresent()) {
        if (RETRYABLE.contains(child.get().status())) {
          retry(childRunId);
        }
        return;
      }
    }
  }

  private @Nullable Outcome latest(String runId, String nodeId) {
    return Stages.join(services.store().read(runId, Selection.latest(List.of(nodeId), List.of())))
        .outcomes()
        .values()
        .stream()
        .findFirst()
        .orElse(null);
  }

  private Map<String, Outcome> all(String runId) {
    return Stages.join(services.store().read(runId, Selection.ALL)).outcomes();
  }

  private RunRecord require(String runId) {
    return Stages.join(services.store().find(runId)).orElseThrow(() -> Engine.unknown(runId));
  }

  private static FlowcraftException state(RunRecord run, String verb, String why) {
    return new FlowcraftException(
        ErrorCode.RUN_STATE,
        "Run '"
            + run.runId()
            + "' can't be "
            + verb
            + ": it is "
            + run.status().name().toLowerCase(Locale.ROOT)
            + ", and "
            + why
            + ".",
        null,
        true);
  }
}
