package io.flowcraft.runtime.internal.engine;

import io.flowcraft.event.FlowEvent.Origin;
import io.flowcraft.run.RunError;
import io.flowcraft.run.RunOptions;
import io.flowcraft.run.RunResult;
import io.flowcraft.run.RunStatus;
import io.flowcraft.runtime.internal.graph.Graph;
import io.flowcraft.runtime.internal.graph.GraphNode;
import io.flowcraft.runtime.internal.graph.Instance;
import io.flowcraft.spi.CompletionAnswer;
import io.flowcraft.spi.RunRecord;
import io.flowcraft.spi.TimeSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReferenceFieldUpdater;
import org.jspecify.annotations.Nullable;

/**
 * What this process knows of a run while it works on it. Nothing in it is the truth: it can be made
 * again from the stored run at any time.
 */
final class RunFrame {

  /** Why a run is to stop before its end. */
  enum Stop {
    CANCELLED,
    DEADLINE,
    FAILURE,
    TARGETS
  }

  private static final AtomicReferenceFieldUpdater<RunFrame, @Nullable CompletionAnswer> LATEST =
      AtomicReferenceFieldUpdater.newUpdater(RunFrame.class, CompletionAnswer.class, "latest");

  private static final int UNKNOWN = -1;
  private static final char TOKEN_MARK = '.';

  private final String name;
  private final RunRecord record;
  private final Graph graph;
  private final RunOptions options;
  private final Map<String, @Nullable Object> initial;
  private final Gate gate;
  private final StopSignal signal = new StopSignal("Workflow cancelled");
  private final Map<String, GraphNode> added = new ConcurrentHashMap<>();
  private final Map<String, Instance> addedInstances = new ConcurrentHashMap<>();
  private final Map<String, Barrier> barriers = new ConcurrentHashMap<>();
  private final Map<String, TimeSource.Timer> timers = new ConcurrentHashMap<>();
  private final ActiveStrands strands = new ActiveStrands();
  private final Set<UserThread> running = ConcurrentHashMap.newKeySet();
  private final Set<String> sleeping = ConcurrentHashMap.newKeySet();
  private final Set<String> targetsLeft;
  private final List<RunError> errors = new ArrayList<>();
  private final Object restLock = new Object();
  private final Object epochLock = new Object();
  private volatile long epoch;
  private Map<String, Due> dueThen = Map.of();
  private @Nullable CompletionStage<Void> renewal;
  private volatile CompletableFuture<RunResult> settled = new CompletableFuture<>();
  private volatile CompletableFuture<RunStatus> rest = new CompletableFuture<>();
  private final Set<String> movingChildren = new HashSet<>(0);
  private boolean atRest;
  private volatile boolean parks;
  private volatile boolean ended;
  private volatile @Nullable Stop stop;
  private volatile @Nullable String stopReason;
  private volatile long replayed;
  private volatile boolean doubtful;
  private volatile boolean outlived;
  private volatile boolean compensating;
  private volatile boolean awaited;
  private final EndWatch endWatch = new EndWatch();
  private volatile @Nullable CompletionAnswer latest;
  private volatile int opened = UNKNOWN;
  private volatile boolean limited;
  private int latent;

  /**
   * A run that this process begins to work on.
   *
   * @param name unique among all frames of all engines
   */
  RunFrame(
      String name,
      RunRecord record,
      Graph graph,
      RunOptions options,
      Map<String, @Nullable Object> initial) {
    this.name = name;
    this.record = record;
    this.graph = graph;
    this.options = options;
    this.initial = initial;
    this.gate = Gate.of(options.concurrency());
    this.targetsLeft = new HashSet<>(options.targets());
    this.limited = !options.targets().isEmpty();
    this.epoch = record.epoch();
    targetsLeft.removeIf(id -> initial.containsKey(ContextReader.OUTPUTS + id));
  }

  RunRecord record() {
    return record;
  }

  /** The epoch of the run, as far as this process knows. */
  long epoch() {
    return epoch;
  }

  /** Guards the way into the next epoch. */
  Object epochLock() {
    return epochLock;
  }

  /** The way into the next epoch that is under way. Under the lock. */
  @Nullable CompletionStage<Void> renewal() {
    return renewal;
  }

  void renewal(@Nullable CompletionStage<Void> underWay) {
    synchronized (epochLock) {
      renewal = underWay;
    }
  }

  /**
   * An epoch begins: what was counted before counts no more.
   *
   * @param sequence the number of the latest completion before
   * @param due what is due
   */
  void begins(long next, long sequence, List<Due> due) {
    synchronized (epochLock) {
      if (next <= epoch) {
        return;
      }
      Map<String, Due> byKey = new HashMap<>();
      due.forEach(instance -> byKey.put(instance.instance().key(), instance));
      dueThen = byKey;
      epoch = next;
      replayed = Math.max(replayed, sequence);
      latest = null;
      opened = UNKNOWN;
      latent = 0;
      doubtful = true;
    }
  }

  /** An instance that was due when the epoch began; null if it was not. */
  @Nullable Due dueThen(String key) {
    synchronized (epochLock) {
      return dueThen.get(key);
    }
  }

  String runId() {
    return record.runId();
  }

  Graph graph() {
    return graph;
  }

  RunOptions options() {
    return options;
  }

  /** The data that the run began with. */
  Map<String, @Nullable Object> initial() {
    return initial;
  }

  Gate gate() {
    return gate;
  }

  StopSignal signal() {
    return signal;
  }

  /** Remembers user code that runs, so that a stop can interrupt it. */
  void track(UserThread thread) {
    running.add(thread);
  }

  void untrack(UserThread thread) {
    running.remove(thread);
  }

  /** Tells user code to end, now. */
  void interrupt() {
    signal.stop();
    strands.list().forEach(Strand::interrupt);
    running.forEach(UserThread::interrupt);
  }

  /**
   * A strand begins to work on the run.
   *
   * @return a token that no other execution of any engine has
   */
  String enter(Strand strand) {
    return name + TOKEN_MARK + strands.enter(strand);
  }

  /** Who is at work on the run. */
  ActiveStrands strands() {
    return strands;
  }

  Map<String, TimeSource.Timer> timers() {
    return timers;
  }

  /** The parked instances that a timer will wake, here or in a child run. */
  Set<String> sleeping() {
    return sleeping;
  }

  Origin origin(TimeSource time) {
    return new Origin(record.runId(), record.blueprintId(), record.parentRunId(), time.now());
  }

  /** Nodes that were added while the run was under way, by id. */
  Map<String, GraphNode> added() {
    return added;
  }

  @Nullable Barrier barrier(Instance instance) {
    return barriers.isEmpty() ? null : barriers.get(instance.key());
  }

  boolean hasNoBarriers() {
    return barriers.isEmpty();
  }

  /** The node that waits for the nodes that an instance has added. */
  @Nullable GraphNode gatherBehind(String barrierKey) {
    Barrier barrier = barriers.get(barrierKey);
    return barrier == null ? null : barrier.gather();
  }

  void barrier(String instanceKey, Barrier barrier) {
    barriers.put(instanceKey, barrier);
  }

  /** Makes the instance of an added node known. */
  void place(Instance instance) {
    addedInstances.put(instance.key(), instance);
  }

  @Nullable Instance parse(String key) {
    Instance known = addedInstances.isEmpty() ? null : addedInstances.get(key);
    return known == null ? graph.parse(key, added) : known;
  }

  @Nullable GraphNode node(String id) {
    GraphNode own = added.isEmpty() ? null : added.get(id);
    return own == null ? graph.node(id) : own;
  }

  CompletableFuture<RunResult> settled() {
    return settled;
  }

  /** Completes when nothing of the run moves by itself any more, timers aside. */
  CompletableFuture<RunStatus> rest() {
    return rest;
  }

  /** Somebody here has a handle of the run. */
  void awaits() {
    awaited = true;
  }

  boolean isAwaited() {
    return awaited;
  }

  /** Guards the run's coming to rest and its moving again, stored status included. */
  Object restLock() {
    return restLock;
  }

  /** Whether nothing of the run moves; timers may wake it. Under the lock. */
  boolean isAtRest() {
    return atRest;
  }

  /** Whether nothing here will wake an instance of the run. Under the lock. */
  boolean isForTheOutside() {
    return sleeping.isEmpty();
  }

  /** The instances whose child runs move. Under the lock. */
  Set<String> movingChildren() {
    return movingChildren;
  }

  /** The run comes to rest; whether it was moving before. Under the lock. */
  boolean rests() {
    boolean before = atRest;
    atRest = true;
    return !before;
  }

  /**
   * The run moves again: who waits from now on waits for its next rest. Under the lock.
   *
   * @return whether it was at rest before
   */
  boolean moves() {
    boolean before = atRest;
    atRest = false;
    if (settled.isDone()) {
      settled = new CompletableFuture<>();
    }
    if (rest.isDone()) {
      rest = new CompletableFuture<>();
    }
    return before;
  }

  /** Whether any instance was ever parked, as far as this process knows. */
  boolean parks() {
    return parks;
  }

  void sawParked() {
    parks = true;
  }

  @Nullable Stop stop() {
    return stop;
  }

  String stopReason() {
    String reason = stopReason;
    return reason == null ? "" : reason;
  }

  /** From now on its work is undone, and nothing else happens to it. */
  void compensates() {
    compensating = true;
  }

  boolean isCompensating() {
    return compensating;
  }

  /** Others have had the time to end what they do. */
  RunFrame outlived() {
    outlived = true;
    return this;
  }

  /** Whether those who work on it elsewhere have been waited for since it was told to stop. */
  boolean isOutlived() {
    return outlived;
  }

  /** Asks the run to stop; the first reason counts. Whether this one was the first. */
  synchronized boolean requestStop(Stop why, String reason) {
    if (stop != null) {
      return false;
    }
    stop = why;
    stopReason = reason;
    return true;
  }

  /** The highest number of a completion that this process has seen. */
  long sequence() {
    CompletionAnswer seen = latest;
    return seen == null ? replayed : Math.max(replayed, seen.sequence());
  }

  /**
   * Whether whatever was decided, was decided here: then it is stored when nobody here is at work
   * any more.
   */
  boolean isDecidedHere() {
    return !doubtful && replayed == 0 && strands.won() == sequence();
  }

  /** A backend has failed: an answer may have been counted twice. */
  void doubt() {
    doubtful = true;
  }

  /** Looks whether what others have decided is stored. */
  EndWatch endWatch() {
    return endWatch;
  }

  /** The run was loaded, with completions up to this number. */
  synchronized void sawSequence(long number) {
    replayed = Math.max(replayed, number);
  }

  /** Takes note of an answer of the coordination store in an epoch. */
  void saw(long of, CompletionAnswer answer) {
    if (of != epoch) {
      return;
    }
    CompletionAnswer seen = latest;
    while (answer.sequence() >= (seen == null ? replayed : seen.sequence())
        && !LATEST.compareAndSet(this, seen, answer)) {
      seen = latest;
    }
  }

  /** Takes note of how many instances a run begins with. */
  void opened(int count) {
    opened = count;
  }

  /** How many instances were open after the latest completion; negative if unknown. */
  int open() {
    CompletionAnswer seen = latest;
    return seen == null ? opened : seen.open();
  }

  /** Whether instances were parked at the latest completion, by whichever process. */
  boolean hasParked() {
    CompletionAnswer seen = latest;
    return seen != null && seen.parked() > 0;
  }

  /** How many instances had failed by the latest completion. */
  int failed() {
    CompletionAnswer seen = latest;
    return seen == null ? 0 : seen.failed();
  }

  /** A node was completed; whether all targets are. */
  synchronized boolean reached(String nodeId) {
    targetsLeft.remove(nodeId);
    return targetsLeft.isEmpty();
  }

  /** The run has ended; whether this is the first time that anybody says so. */
  synchronized boolean end() {
    boolean first = !ended;
    ended = true;
    return first;
  }

  /** The end could not be stored: whoever finds the run at its end once more may try again. */
  synchronized void notEnded() {
    ended = false;
  }

  boolean isEnded() {
    return ended;
  }

  boolean hasTargets() {
    return limited;
  }

  /** Somebody has the run go on: targets that it has reached before do not stop it once more. */
  synchronized void beginsAgain() {
    limited = limited && !targetsLeft.isEmpty();
  }

  /** The next node that only runs if somebody asks for it; null when all were looked at. */
  synchronized @Nullable GraphNode nextLatent() {
    List<GraphNode> nodes = graph.latent();
    return latent < nodes.size() ? nodes.get(latent++) : null;
  }

  void addError(RunError error) {
    synchronized (errors) {
      errors.add(error);
    }
  }

  void setErrors(List<RunError> all) {
    synchronized (errors) {
      errors.clear();
      errors.addAll(all);
    }
  }

  List<RunError> errors() {
    synchronized (errors) {
      return List.copyOf(errors);
    }
  }
}
