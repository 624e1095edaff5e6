package io.flowcraft.runtime.internal.engine;

import io.flowcraft.error.ErrorCode;
import io.flowcraft.error.FlowcraftException;
import io.flowcraft.node.NodeResult;
import io.flowcraft.run.RunError;
import io.flowcraft.run.RunStatus;
import io.flowcraft.runtime.internal.engine.RunFrame.Stop;
import io.flowcraft.runtime.internal.graph.GraphNode;
import io.flowcraft.runtime.internal.graph.Instance;
import io.flowcraft.spi.Outcome;
import io.flowcraft.spi.RunRecord;
import io.flowcraft.spi.Selection;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** Sub-workflows: a node whose work is a run of its own. */
final class Children {

  private final Engine engine;
  private final Services services;

  Children(Engine engine) {
    this.engine = engine;
    this.services = engine.services();
  }

  /** The definition of a registered blueprint. */
  Definition definition(String blueprintId) {
    Definition definition = engine.definitions().find(blueprintId);
    if (definition == null) {
      throw new FlowcraftException(
          ErrorCode.BLUEPRINT_UNKNOWN,
          "Sub-blueprint '" + blueprintId + "' not found in runtime registry.",
          null,
          true);
    }
    return definition;
  }

  /** Runs a child to its end, or parks the node when the child comes to rest. */
  CompletionStage<NodeResult> run(
      ExecutionContext context,
      String blueprintId,
      Definition definition,
      Map<String, @Nullable Object> input) {
    RunFrame parent = context.frame();
    requireDepth(parent);
    String attempt = context.attempt() == 1 ? "" : "~" + context.attempt();
    String childRunId = parent.runId() + "/" + context.instance().key() + attempt;
    NewRun child =
        new NewRun(
            childRunId,
            false,
            blueprintId,
            definition,
            input,
            parent.options().withRunId(childRunId).withDeadline(null).withTargets(List.of()),
            parent.runId(),
            context.instance().key());
    Duration timeout = context.instance().node().definition().config().timeout();
    Long timeIsUpAt = timeout == null ? null : services.time().millis() + timeout.toMillis();
    RunFrame frame = engine.starter().start(child, false);
    if (!services.settings().isAlone()) {
      // Whichever process sees the child end wakes its node; nobody holds a job in the meantime.
      context.park(new Parking.Child(childRunId, timeIsUpAt));
      return CompletableFuture.completedFuture(NodeResult.none());
    }
    if (timeout != null) {
      context.cancellation().onCancel(() -> engine.perform(() -> abandon(frame)));
    }
    return frame.rest().thenApply(status -> rested(context, frame, status, timeIsUpAt));
  }

  /** Nobody waits for a child any more. */
  void abandon(String childRunId) {
    RunFrame child = engine.recovery().load(childRunId);
    if (child != null) {
      abandon(child);
    }
  }

  private void abandon(RunFrame child) {
    if (!child.isEnded()) {
      engine.lifecycle().stop(child, Stop.CANCELLED, "nobody waits for it any more");
    }
  }

  private void requireDepth(RunFrame parent) {
    int depth = 0;
    RunFrame frame = parent;
    while (frame != null && frame.record().parentRunId() != null) {
      frame = above(frame);
      depth++;
    }
    int limit = services.settings().maxDepth();
    if (depth >= limit) {
      throw new FlowcraftException(
          ErrorCode.DEPTH_LIMIT,
          "Run '"
              + parent.runId()
              + "' would nest a child run deeper than "
              + limit
              + " levels. Look for a sub-workflow that contains itself, or raise the limit.",
          null,
          true);
    }
  }

  private NodeResult rested(
      ExecutionContext context, RunFrame child, RunStatus status, @Nullable Long timeIsUpAt) {
    if (status == RunStatus.AWAITING) {
      context.park(new Parking.Child(child.runId(), timeIsUpAt));
      return NodeResult.none();
    }
    return result(context, child, status);
  }

  /** The result of the node whose child has ended; throws if the child did not complete. */
  private NodeResult result(ExecutionContext context, RunFrame child, RunStatus status) {
    if (status != RunStatus.COMPLETED) {
      throw failure(child, status);
    }
    Map<String, @Nullable Object> inner =
        ContextSnapshot.build(
            child, Stages.join(services.store().read(child.runId(), Selection.ALL)));
    inner.remove(ContextReader.EXECUTION_ID);
    if (context.params().get("outputs") instanceof Map<?, ?> outputs) {
      outputs.forEach(
          (parentKey, childKey) -> {
            String output = ContextReader.OUTPUTS + childKey;
            String key = inner.get(output) == null ? String.valueOf(childKey) : output;
            if (inner.containsKey(key)) {
              context.setData(String.valueOf(parentKey), inner.get(key));
            }
          });
      return NodeResult.output(inner);
    }
    List<GraphNode> terminals =
        child.graph().declared().stream()
            .filter(node -> node.out().isEmpty() && node.fallbackOf().isEmpty())
            .toList();
    if (terminals.size() == 1) {
      String key = ContextReader.OUTPUTS + terminals.get(0).id();
      return inner.containsKey(key) ? NodeResult.output(inner.get(key)) : NodeResult.none();
    }
    Map<String, @Nullable Object> byNode = new LinkedHashMap<>();
    for (GraphNode terminal : terminals) {
      String key = ContextReader.OUTPUTS + terminal.id();
      if (inner.containsKey(key)) {
        byNode.put(terminal.id(), inner.get(key));
      }
    }
    return NodeResult.output(byNode);
  }

  private static FlowcraftException failure(RunFrame child, RunStatus status) {
    List<RunError> errors = child.errors();
    List<String> causes = new ArrayList<>();
    if (!errors.isEmpty()) {
      causes.add(errors.get(0).message());
      causes.addAll(errors.get(0).causes());
    }
    Throwable cause = null;
    for (int i = causes.size() - 1; i >= 0; i--) {
      cause = new ChildFailure(causes.get(i), cause);
    }
    String first = causes.isEmpty() ? "Unknown error" : causes.get(0);
    return new FlowcraftException(
        ErrorCode.SUBFLOW_FAILED,
        "Sub-workflow '"
            + child.record().blueprintId()
            + "' did not complete successfully. Status: "
            + status.name().toLowerCase(Locale.ROOT)
            + ". Error: "
            + first,
        cause,
        false);
  }

  /** Carries a message of the chain of causes inside the child. */
  private static final class ChildFailure extends RuntimeException {
    private static final long serialVersionUID = 1L;

    ChildFailure(String message, @Nullable Throwable cause) {
      super(message, cause, false, false);
    }
  }

  /** A node is parked for a child, which may have moved on since it came to rest. */
  void parkedFor(RunFrame parent, String childRunId) {
    RunFrame child = engine.recovery().load(childRunId);
    if (child == null) {
      return;
    }
    if (!child.isEnded() && !services.settings().isAlone()) {
      Optional<RunRecord> stored = Stages.join(services.store().find(childRunId));
      if (stored.isPresent() && stored.get().status().isFinal()) {
        engine.endings().endedElsewhere(child, stored);
        child = Engine.known(engine.recovery().read(childRunId), childRunId);
      }
    }
    if (child.isEnded()) {
      RunStatus status = child.record().status();
      if (status.isFinal()) {
        ended(child, status);
      }
      return;
    }
    changed(child);
  }

  /** Looks at the children that a run is parked for: one may have ended without a word. */
  void lookAfter(RunFrame parent) {
    parkedChildren(parent).forEach(childRunId -> parkedFor(parent, childRunId));
  }

  private List<String> parkedChildren(RunFrame parent) {
    List<String> children = new ArrayList<>();
    for (Outcome outcome :
        Stages.join(services.store().read(parent.runId(), Selection.ALL)).outcomes().values()) {
      if (ContextSnapshot.isParked(outcome)
          && Detail.of(outcome).get(Detail.CHILD) instanceof String childRunId) {
        children.add(childRunId);
      }
    }
    return children;
  }

  /** A child has come to rest, or moves again: so may the runs above it. */
  void changed(RunFrame child) {
    RunFrame parent = above(child);
    String instance = child.record().parentInstance();
    if (parent == null || instance == null || parent.isEnded() || instance.equals(Sagas.INSTANCE)) {
      return;
    }
    boolean atRest = isAtRest(child);
    boolean moves;
    boolean wasAtRest = false;
    synchronized (parent.restLock()) {
      moves = observe(parent, instance, child, atRest);
      if (moves) {
        wasAtRest = engine.lifecycle().movesNow(parent);
      }
    }
    engine.lifecycle().announceMove(parent, wasAtRest);
    if (!moves && parent.strands().isEmpty()) {
      engine.lifecycle().idle(parent);
    }
  }

  /** Notes what a child does, for the rest of its parent. Under the parent's lock. */
  private static boolean observe(RunFrame parent, String instance, RunFrame child, boolean atRest) {
    synchronized (child.restLock()) {
      boolean moves = !atRest && !child.isEnded();
      if (moves) {
        parent.movingChildren().add(instance);
      } else {
        parent.movingChildren().remove(instance);
      }
      if (moves || child.isEnded() || child.isForTheOutside()) {
        parent.sleeping().remove(instance);
      } else {
        parent.sleeping().add(instance);
      }
      return moves;
    }
  }

  /** Whether nothing of a child moves, wherever it is worked on. */
  private boolean isAtRest(RunFrame child) {
    if (services.settings().isAlone()) {
      synchronized (child.restLock()) {
        return child.isAtRest();
      }
    }
    return Stages.join(services.store().find(child.runId()))
        .map(record -> record.status() == RunStatus.AWAITING)
        .orElse(true);
  }

  /** A child has ended: if its node is parked, it goes on. */
  void ended(RunFrame child, RunStatus status) {
    RunFrame parent = above(child);
    String parentInstance = child.record().parentInstance();
    if (parent == null || parentInstance == null) {
      return;
    }
    if (parentInstance.equals(Sagas.INSTANCE)) {
      engine.sagas().ended(parent, status, child.errors());
      return;
    }
    Outcome parked =
        Stages.join(
                services.store().read(parent.runId(), Selection.outcomes(List.of(parentInstance))))
            .outcomes()
            .get(parentInstance);
    Instance instance = engine.recovery().instance(parent, parentInstance);
    if (parked == null || instance == null || !isParkedFor(child, parked)) {
      return;
    }
    if (isStillEnded(child, status)) {
      engine
          .parking()
          .wakeByChild(parent, instance, parked, context -> after(context, child, status));
    }
  }

  /** Whether a node waits for this child: its next attempt waits for another one. */
  private static boolean isParkedFor(RunFrame child, Outcome outcome) {
    return ContextSnapshot.isParked(outcome)
        && child.runId().equals(Detail.of(outcome).get(Detail.CHILD));
  }

  /**
   * Whether a child stays as it has ended, asked behind the parked state of its node: the end may
   * be one of before, and the child and its node have been set going again since.
   */
  private boolean isStillEnded(RunFrame child, RunStatus status) {
    return services.settings().isAlone()
        || Stages.join(services.store().find(child.runId()))
            .filter(now -> now.status() == status)
            .isPresent();
  }

  /** What the end of a child means for its node: a result, another attempt, or a failure. */
  private CompletableFuture<NodeResult> after(
      ExecutionContext context, RunFrame child, RunStatus status) {
    try {
      return CompletableFuture.completedFuture(
          Attempts.data(context, result(context, child, status)));
    } catch (FlowcraftException e) {
      return failed(context, e);
    }
  }

  /** An attempt of a parked node has failed. */
  CompletableFuture<NodeResult> failed(ExecutionContext context, FlowcraftException error) {
    int attempts = context.instance().node().definition().config().retry().maxAttempts();
    return context.attempt() < attempts
        ? engine.executor().again(context, error)
        : CompletableFuture.failedFuture(error);
  }

  private @Nullable RunFrame above(RunFrame child) {
    RunRecord record = child.record();
    if (record.parentRunId() == null) {
      return null;
    }
    RunFrame known = engine.frames().get(record.parentRunId());
    return known == null ? engine.recovery().load(record.parentRunId()) : known;
  }

  /** Stops the children of a stopped run. */
  void stop(RunFrame parent, String reason) {
    if (!services.settings().isAlone()) {
      for (String childRunId : parkedChildren(parent)) {
        RunFrame child = engine.recovery().load(childRunId);
        if (child != null && !child.isEnded()) {
          engine.lifecycle().cancel(child, reason);
        }
      }
      return;
    }
    for (RunFrame frame : List.copyOf(engine.frames().values())) {
      if (parent.runId().equals(frame.record().parentRunId())) {
        engine.lifecycle().stop(frame, Stop.CANCELLED, reason);
      }
    }
  }
}
