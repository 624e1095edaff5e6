package io.flowcraft.runtime.internal.engine;

import io.flowcraft.event.FlowEvent;
import io.flowcraft.run.NodeStatus;
import io.flowcraft.runtime.internal.graph.GraphNode;
import io.flowcraft.runtime.internal.graph.Instance;
import io.flowcraft.runtime.internal.graph.Path;
import io.flowcraft.runtime.internal.kernel.Arrivals;
import io.flowcraft.spi.Completion;
import io.flowcraft.spi.CompletionAnswer;
import io.flowcraft.spi.CompletionAnswer.ResolvedJoin;
import io.flowcraft.spi.CompletionAnswer.TakenEdge;
import io.flowcraft.spi.EdgeDecision;
import io.flowcraft.spi.EdgeState;
import io.flowcraft.spi.Entry;
import io.flowcraft.spi.JoinSpec;
import io.flowcraft.spi.Outcome;
import io.flowcraft.spi.Payload;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What follows from one decided instance: outcomes and entries to commit, instances that are
 * skipped in turn, instances that can start.
 */
final class Consequences {

  private static final String BARRIER = "/*";

  private final Engine engine;
  private final RunFrame frame;
  private final long epoch;
  private @Nullable Outcome first;
  private @Nullable List<Outcome> outcomes;
  private List<Entry> entries = List.of();
  private @Nullable Due only;
  private List<Ready> ready = List.of();

  /** Whether something starts that builds on more than the instance that was just decided. */
  private boolean buildsOnOthers;

  private List<String> behindBarriers = List.of();
  private @Nullable ArrayDeque<Decided> skips;
  private @Nullable ExecutionContext context;
  private @Nullable Resolution cause;
  private Map<String, Outcome> others = Map.of();
  private Set<String> awaited = Set.of();
  private Set<String> storedKeys = Set.of();
  private @Nullable Sources sources;

  private @Nullable Resolution pendingSkip;
  private @Nullable Arrivals pendingArrivals;

  private record Ready(Instance instance, ResolvedJoin join) {}

  /** A join, or a barrier, that was decided and starts nothing by itself. */
  private record Decided(
      Instance instance, boolean barrier, JoinSpec.State state, @Nullable ResolvedJoin join) {

    /** Where the edges came from that decided it; none are told of a join of one edge. */
    List<String> sources() {
      if (join == null || isSingle(join)) {
        return List.of();
      }
      List<String> sources = new ArrayList<>(join.missed());
      join.taken().forEach(edge -> sources.add(Sources.of(edge)));
      return sources;
    }
  }

  Consequences(Engine engine, RunFrame frame, long epoch) {
    this.engine = engine;
    this.frame = frame;
    this.epoch = epoch;
  }

  List<Outcome> outcomes() {
    if (outcomes != null) {
      return outcomes;
    }
    return first == null ? List.of() : List.of(first);
  }

  private void add(Outcome outcome) {
    if (first == null) {
      first = outcome;
      return;
    }
    List<Outcome> all = outcomes;
    if (all == null) {
      all = new ArrayList<>();
      all.add(first);
      outcomes = all;
    }
    all.add(outcome);
  }

  List<Entry> entries() {
    return entries;
  }

  /** The decided instance itself. */
  void add(ExecutionContext newContext, Resolution resolution, CompletionAnswer answer) {
    context = newContext;
    cause = resolution;
    add(outcome(resolution, answer.sequence()));
    addEntries(resolution.writes(), answer.sequence());
    addReplaced(resolution, answer.sequence());
    resolved(answer.resolved(), resolution.arrivals().targets());
  }

  private void addEntries(Map<String, @Nullable Payload> writes, long sequence) {
    if (!writes.isEmpty()) {
      List<Entry> added = new ArrayList<>(writes.size());
      writes.forEach((key, value) -> added.add(new Entry(key, value, sequence)));
      entries = added;
    }
  }

  /** A stand-in's output is the output of the node that it stands in for. */
  private void addReplaced(Resolution resolution, long sequence) {
    Path path = resolution.instance().path();
    if (path.standsInFor() == null || resolution.status() != NodeStatus.COMPLETED) {
      return;
    }
    while (path != null && path.standsInFor() != null && path.parent() != null) {
      GraphNode replaced = path.standsInFor();
      Instance instance = replaced.at(path.parent());
      List<EdgeDecision> own = new ArrayList<>();
      for (EdgeDecision decision : resolution.routing()) {
        if (frame.graph().edge(decision.edge()).source() == replaced) {
          own.add(decision);
        }
      }
      add(
          new Outcome(
              instance.key(),
              replaced.id(),
              instance.path().text(),
              NodeStatus.REPLACED,
              sequence,
              0,
              resolution.output(),
              null,
              own,
              engine.resolver().detailPayload(engine.replacedDetail(context)),
              null,
              resolution.startedAtMillis(),
              engine.services().time().millis()));
      path = path.parent();
    }
  }

  private Outcome outcome(Resolution resolution, long sequence) {
    Instance instance = resolution.instance();
    return new Outcome(
        instance.key(),
        instance.node().id(),
        instance.path().text(),
        resolution.status(),
        sequence,
        resolution.attempts(),
        resolution.output(),
        resolution.result() == null ? null : resolution.result().action(),
        resolution.routing(),
        engine.resolver().detailPayload(resolution.detail()),
        null,
        resolution.startedAtMillis(),
        engine.services().time().millis());
  }

  /** Sorts decided joins; they come in the order of the arrivals. */
  void resolved(List<ResolvedJoin> joins, List<Instance> targets) {
    int next = 0;
    for (ResolvedJoin join : joins) {
      Instance target = null;
      boolean barrier = false;
      while (target == null) {
        Instance candidate = targets.get(next++);
        if (candidate.key().equals(join.target())) {
          target = candidate;
        } else if (join.target().endsWith(BARRIER)
            && candidate.barrierKey().equals(join.target())) {
          target = candidate;
          barrier = true;
        }
      }
      next--;
      if (barrier) {
        behindBarrier(join);
      }
      if (barrier || join.state() != JoinSpec.State.READY) {
        skip(new Decided(target, barrier, join.state(), join));
      } else {
        start(target, join, joins.size() == 1);
      }
    }
  }

  /** Who waits for added nodes reads the outcomes of them all. */
  private void behindBarrier(ResolvedJoin join) {
    if (behindBarriers.isEmpty()) {
      behindBarriers = new ArrayList<>(join.taken().size());
    }
    for (TakenEdge edge : join.taken()) {
      behindBarriers.add(edge.source());
    }
  }

  private void skip(Decided decided) {
    ArrayDeque<Decided> waiting = skips == null ? new ArrayDeque<>(4) : skips;
    waiting.add(decided);
    skips = waiting;
  }

  /** Most of the time one instance starts, and what it needs is at hand. */
  private void start(Instance target, ResolvedJoin join, boolean alone) {
    boolean own = isSingle(join) && sources().isOwn(Sources.of(join.taken().get(0)));
    if (own && alone && only == null && ready.isEmpty()) {
      only = new Due(target, sources().inputs(target, join.taken()));
      return;
    }
    if (ready.isEmpty()) {
      ready = new ArrayList<>();
    }
    ready.add(new Ready(target, join));
    buildsOnOthers |= !own;
  }

  private static boolean isSingle(ResolvedJoin join) {
    return join.taken().size() == 1 && join.missed().isEmpty();
  }

  /**
   * Whether the next instance that follows without being executed builds on others that may not be
   * stored yet. If one of them never is, because its worker dies, it is executed again and may
   * decide otherwise.
   */
  boolean buildsOnUnstored() {
    Decided decided = skips == null ? null : skips.peek();
    if (decided == null) {
      return false;
    }
    for (String source : decided.sources()) {
      if (!isStoredOrOwn(source) && isRecorded(source)) {
        awaited = awaited.isEmpty() ? new LinkedHashSet<>() : awaited;
        awaited.add(source);
      }
    }
    return !awaited.isEmpty();
  }

  private boolean isStoredOrOwn(String source) {
    if (others.containsKey(source) || storedKeys.contains(source)) {
      return true;
    }
    for (Outcome own : outcomes()) {
      if (own.instance().equals(source)) {
        return true;
      }
    }
    return false;
  }

  /** Whether more follows without being executed. */
  boolean hasSkips() {
    return skips != null && !skips.isEmpty();
  }

  /** The outcomes so far are stored. */
  void stored() {
    storedKeys = storedKeys.isEmpty() ? new HashSet<>() : storedKeys;
    for (Outcome own : outcomes()) {
      storedKeys.add(own.instance());
    }
    first = null;
    outcomes = null;
    entries = List.of();
  }

  /**
   * The next instance that follows without being executed, passing over those that are decided.
   *
   * @return its completion, under a token of its own; null if there is none
   */
  @Nullable Completion next(String strand, String suffix, Set<String> known) {
    Decided decided = skips == null ? null : skips.poll();
    while (decided != null && !decided.barrier && known.contains(decided.instance.key())) {
      decided = skips == null ? null : skips.poll();
    }
    pendingSkip = null;
    if (decided == null) {
      return null;
    }
    String token = strand + suffix;
    if (decided.barrier) {
      String key = decided.instance.barrierKey();
      GraphNode gather = frame.gatherBehind(key);
      EdgeState state = decided.state == JoinSpec.State.READY ? EdgeState.TAKEN : EdgeState.DEAD;
      Arrivals arrivals =
          Arrivals.deferred(frame.graph(), decided.instance, Objects.requireNonNull(gather), state);
      pendingArrivals = arrivals;
      return new Completion(frame.runId(), epoch, key, token, false, arrivals.arrivals());
    }
    boolean dead = decided.state == JoinSpec.State.DEAD;
    Resolution skip = engine.resolver().skip(frame, decided.instance, dead);
    pendingSkip = skip;
    pendingArrivals = skip.arrivals();
    return new Completion(
        frame.runId(), epoch, decided.instance.key(), token, false, skip.arrivals().arrivals());
  }

  /** The coordination store has answered {@link #next}. */
  void answered(CompletionAnswer answer) {
    Resolution skip = pendingSkip;
    if (skip != null) {
      if (isTold(skip.instance())) {
        add(outcome(skip, answer.sequence()));
        announceSkip(skip);
      }
    }
    resolved(answer.resolved(), Objects.requireNonNull(pendingArrivals).targets());
  }

  private void announceSkip(Resolution skip) {
    EventBus events = engine.services().events();
    if (events.isHeard()) {
      boolean dead = skip.detail() != null;
      events.emit(
          new FlowEvent.NodeBypassed(
              frame.origin(engine.services().time()),
              skip.instance().node().id(),
              skip.instance().path().text(),
              dead ? "a node before it failed" : "its join can't be satisfied"));
    }
  }

  /** Nothing else can run: a node that nobody asked for is not run. Whether there was one. */
  boolean skipLatent() {
    GraphNode node = frame.nextLatent();
    if (node == null) {
      return false;
    }
    stored();
    skipLatent(node);
    return true;
  }

  /** Nobody has asked for a node, and nobody will. */
  void skipLatent(GraphNode node) {
    skip(new Decided(node.rootInstance(), false, JoinSpec.State.SKIPPED, null));
  }

  /** Tells listeners of the committed entries. */
  void announce() {
    EventBus events = engine.services().events();
    ExecutionContext writer = context;
    if (!events.isHeard() || writer == null) {
      return;
    }
    for (Entry entry : entries) {
      Payload value = entry.value();
      events.emit(
          new FlowEvent.ContextChanged(
              frame.origin(engine.services().time()),
              writer.nodeId(),
              entry.key(),
              value == null,
              value == null ? null : value.value()));
    }
  }

  /**
   * The instances of other strands that the starting ones build on: their outcomes must be stored
   * before anything starts.
   */
  Set<String> foreignSources() {
    if (!buildsOnOthers && behindBarriers.isEmpty() && awaited.isEmpty()) {
      return Set.of();
    }
    Set<String> keys = new LinkedHashSet<>(behindBarriers);
    keys.addAll(awaited);
    for (Ready start : ready) {
      for (TakenEdge edge : start.join.taken()) {
        String source = Sources.of(edge);
        if (!sources().isOwn(source) && !Sources.startsOnly(edge)) {
          keys.add(source);
        }
      }
      for (String source : start.join.missed()) {
        if (isRecorded(source)) {
          keys.add(source);
        }
      }
    }
    for (Outcome stored : outcomes()) {
      keys.remove(stored.instance());
    }
    keys.removeAll(storedKeys);
    keys.removeAll(others.keySet());
    return keys;
  }

  /** Whether what is known by a key has an outcome, even if it is skipped. */
  private boolean isRecorded(String key) {
    Instance instance = frame.parse(key);
    return instance != null
        && (isTold(instance) || frame.added().containsKey(instance.node().id()));
  }

  /**
   * Whether a skipped instance has an outcome: nodes that only edges speak of have none, nor has
   * the iteration that a loop does not begin any more.
   */
  private static boolean isTold(Instance instance) {
    return instance.node().isDeclared() && !instance.repeats();
  }

  private Sources sources() {
    Sources current = sources;
    if (current == null) {
      Payload inherited = context == null ? null : context.inputPayload();
      current = new Sources(frame.graph(), cause, inherited, others);
      sources = current;
    }
    return current;
  }

  /** The outcomes that were asked for; whether they are all there. */
  boolean foreign(Set<String> asked, Map<String, Outcome> read) {
    Map<String, Outcome> all = new HashMap<>(others);
    for (Outcome outcome : read.values()) {
      // What was parked may still be stored so, although it is decided.
      if (outcome.status().isFinal()) {
        all.put(outcome.instance(), outcome);
      }
    }
    others = all;
    sources = null;
    boolean complete = all.keySet().containsAll(asked);
    if (complete) {
      awaited = Set.of();
    }
    return complete;
  }

  /** The instances that can start, with their inputs. */
  List<Due> ready() {
    Due single = only;
    only = null;
    behindBarriers = List.of();
    buildsOnOthers = false;
    if (ready.isEmpty()) {
      return single == null ? List.of() : List.of(single);
    }
    List<Due> dues = new ArrayList<>(ready.size() + 1);
    if (single != null) {
      dues.add(single);
    }
    for (Ready start : ready) {
      dues.add(new Due(start.instance, sources().inputs(start.instance, start.join.taken())));
    }
    ready = List.of();
    return dues;
  }
}
