package io.flowcraft.runtime.internal.engine;

import io.flowcraft.error.ErrorCode;
import io.flowcraft.error.FlowcraftException;
import io.flowcraft.event.FlowEvent;
import io.flowcraft.node.NodeImplementation;
import io.flowcraft.run.NodeStatus;
import io.flowcraft.run.RunError;
import io.flowcraft.runtime.internal.graph.GraphNode;
import io.flowcraft.runtime.internal.graph.Instance;
import io.flowcraft.spi.Delivery;
import io.flowcraft.spi.Job;
import io.flowcraft.spi.Outcome;
import io.flowcraft.spi.Payload;
import io.flowcraft.spi.Selection;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Holds the parts together, and is the entrance for jobs. */
final class Engine {

  private static final Logger log = LoggerFactory.getLogger(Engine.class);
  private static final Duration BACKEND_PAUSE = Duration.ofSeconds(1);

  private final Line line;
  private final Services services;
  private final Definitions definitions;
  private final Map<String, RunFrame> frames = new ConcurrentHashMap<>();
  private final AtomicLong tokens = new AtomicLong();
  private final String tokenPrefix;
  private final NodeExecutor executor;
  private final Resolver resolver;
  private final Lifecycle lifecycle;
  private final Resting resting;
  private final Endings endings;
  private final Sagas sagas;
  private final ParkingLot parking;
  private final Recovery recovery;
  private final Renewal renewal;
  private final Children children;
  private final BuiltInNodes builtIns;
  private final Starter starter;
  private final Payload emptySummary;
  private volatile boolean draining;
  private final @Nullable Pulse pulse;
  private final @Nullable Clockwork clockwork;

  Engine(Services services, Definitions definitions) {
    this.services = services;
    this.definitions = definitions;
    this.tokenPrefix = Long.toString(services.random().nextLong() >>> 1, 36) + "-";
    this.executor = new NodeExecutor(services, this::implementation);
    this.resolver = new Resolver(services);
    this.lifecycle = new Lifecycle(this);
    this.resting = new Resting(this);
    this.endings = new Endings(this);
    this.sagas = new Sagas(this);
    this.parking = new ParkingLot(this);
    this.recovery = new Recovery(this);
    this.renewal = new Renewal(this);
    this.children = new Children(this);
    this.builtIns = new BuiltInNodes(children);
    this.starter = new Starter(this);
    this.emptySummary = services.values().payload(Map.of());
    Pace pace = services.settings().pace();
    this.line = new Line(pace == null ? 0 : pace.stalledAfter().toMillis());
    this.pulse = pace == null ? null : new Pulse(this, pace);
    this.clockwork =
        pulse == null || pace == null
            ? null
            : new Clockwork(services, pace, pulse, new Sweeper(this, pace));
    if (pulse != null) {
      services.coordination().onForgotten(pulse::forgotten);
    }
  }

  Services services() {
    return services;
  }

  Line line() {
    return line;
  }

  Definitions definitions() {
    return definitions;
  }

  Map<String, RunFrame> frames() {
    return frames;
  }

  NodeExecutor executor() {
    return executor;
  }

  Resolver resolver() {
    return resolver;
  }

  Lifecycle lifecycle() {
    return lifecycle;
  }

  Endings endings() {
    return endings;
  }

  Sagas sagas() {
    return sagas;
  }

  Resting resting() {
    return resting;
  }

  ParkingLot parking() {
    return parking;
  }

  Recovery recovery() {
    return recovery;
  }

  /** What this process does for the runs that it knows; not for one that is alone. */
  Pulse pulse() {
    return known(pulse, "pulse");
  }

  /** Begins to look after the runs of the fleet; does nothing for a process that is alone. */
  void startUpkeep() {
    if (clockwork != null) {
      clockwork.start();
    }
  }

  void stopUpkeep() {
    if (clockwork != null) {
      clockwork.stop();
    }
  }

  /** The name of this process among others. */
  String name() {
    return tokenPrefix;
  }

  Renewal renewal() {
    return renewal;
  }

  Starter starter() {
    return starter;
  }

  /** The final result of a run that has nothing to say about itself. */
  Payload emptySummary() {
    return emptySummary;
  }

  Children children() {
    return children;
  }

  /** What must be there. */
  static <T> T known(@Nullable T value, String what) {
    if (value == null) {
      throw new FlowcraftException(
          ErrorCode.BUG, "'" + what + "' is stored, and the engine can't make sense of it.");
    }
    return value;
  }

  static FlowcraftException missing(String uses) {
    return new FlowcraftException(
        ErrorCode.IMPLEMENTATION_MISSING,
        "Implementation for '" + uses + "' not found.",
        null,
        true);
  }

  static FlowcraftException unknown(String runId) {
    return new FlowcraftException(
        ErrorCode.RUN_UNKNOWN,
        "There is no run '" + runId + "'. Check the id, and whether the run was deleted.",
        null,
        true);
  }

  /** Unique among all executions of all engines. */
  String newToken() {
    return tokenPrefix + tokens.incrementAndGet();
  }

  /** The implementation of a node: the user's, or a built-in; null if there is none. */
  @Nullable NodeImplementation implementation(GraphNode node) {
    String uses = node.definition().uses();
    NodeImplementation own = services.registry().find(uses);
    return own == null ? builtIns.find(uses) : own;
  }

  /** Whether this process may go on with an instance; one that is alone must try. */
  boolean canRun(Instance instance) {
    return services.settings().isAlone() || (!draining && implementation(instance.node()) != null);
  }

  /** From now on nothing begins here that another process can do. */
  void drain() {
    draining = true;
  }

  /** The strands that are at work in this process. */
  List<Strand> atWork() {
    List<Strand> all = new ArrayList<>();
    frames.values().forEach(frame -> all.addAll(frame.strands().list()));
    return all;
  }

  /** Refuses an instance that can't be executed. */
  void requireRunnable(Instance instance, @Nullable NodeImplementation implementation) {
    if (implementation == null) {
      throw missing(instance.node().definition().uses());
    }
    int limit = services.settings().maxIterations();
    if (instance.node().isHeader() && instance.path().iteration() >= limit) {
      throw new FlowcraftException(
          ErrorCode.ITERATION_LIMIT,
          "The loop at node '"
              + instance.node().id()
              + "' has run "
              + limit
              + " iterations, which is the limit. Find out why it does not end, or raise the limit.",
          null,
          true);
    }
  }

  /** Why the node that an instance stands in for has failed; null if it stands in for none. */
  @Nullable RunError failureBehind(RunFrame frame, Instance instance) {
    GraphNode replaced = instance.path().standsInFor();
    if (replaced == null) {
      return null;
    }
    String key = replaced.at(Objects.requireNonNull(instance.path().parent())).key();
    Outcome outcome =
        Stages.join(services.store().read(frame.runId(), Selection.outcomes(List.of(key))))
            .outcomes()
            .get(key);
    return outcome == null ? null : Detail.readError(Detail.of(outcome).get(Detail.ERROR));
  }

  /** What stays known of a failure behind a stand-in. */
  @Nullable Map<String, @Nullable Object> replacedDetail(@Nullable ExecutionContext context) {
    RunError failure = context == null ? null : context.failure();
    return failure == null ? null : Map.of(Detail.ERROR, Detail.error(failure));
  }

  void reportFailure(ExecutionContext context, Resolution resolution, RunError error) {
    RunFrame frame = context.frame();
    if (resolution.failed()) {
      frame.addError(error);
    }
    if (!services.events().isHeard()) {
      return;
    }
    FlowEvent.Origin origin = frame.origin(services.time());
    GraphNode standIn = context.instance().node().fallback();
    String iteration = context.iteration();
    if (resolution.status() == NodeStatus.REPLACED && standIn != null) {
      context.emit(new FlowEvent.NodeFallback(origin, context.nodeId(), iteration, standIn.id()));
    }
    context.emit(new FlowEvent.NodeFailed(origin, context.nodeId(), iteration, error));
  }

  /** Hands instances to the queue. */
  void enqueue(RunFrame frame, long epoch, List<Due> dues) {
    if (dues.isEmpty()) {
      return;
    }
    List<Job> jobs = new ArrayList<>(dues.size());
    for (Due due : dues) {
      jobs.add(
          new Job(
              frame.runId(),
              frame.record().blueprintId(),
              epoch,
              due.instance().key(),
              1,
              Delivered.pack(due.inputs(), services.values().serializer()),
              Map.of()));
    }
    services
        .queue()
        .enqueue(jobs)
        .whenComplete(
            (done, error) -> {
              if (error != null) {
                log.warn(
                    "Jobs of run {} could not be enqueued; trying again.", frame.runId(), error);
                services.time().schedule(BACKEND_PAUSE, () -> enqueue(frame, epoch, dues));
              }
            });
  }

  /**
   * A job has arrived. As long as a backend fails it is kept and tried again, so that it takes up
   * room, and not handed back: it would come again at once, and be given up after a few times.
   */
  void onDelivery(Delivery delivery) {
    line.saw(delivery.queuedMillis(), services.time().millis());
    try {
      take(delivery);
    } catch (BackendFailure e) {
      log.warn(
          "Job {} of run {} can't be taken while a backend fails; it is tried again.",
          delivery.job().instance(),
          delivery.job().runId(),
          e);
      services
          .time()
          .schedule(BACKEND_PAUSE, () -> services.executor().execute(() -> takeAgain(delivery)));
    }
  }

  private void takeAgain(Delivery delivery) {
    if (draining) {
      delivery.release();
    } else {
      delivery.extend();
      onDelivery(delivery);
    }
  }

  private void take(Delivery delivery) {
    Job job = delivery.job();
    RunFrame frame = recovery.hold(job.runId());
    if (frame == null) {
      delivery.reject("There is no run of this id.");
    } else if (frame.isEnded()) {
      delivery.acknowledge();
    } else {
      try {
        take(frame, delivery);
      } finally {
        letGo(frame);
      }
    }
  }

  /** What fails here is no failure to take the job. */
  private void letGo(RunFrame frame) {
    try {
      lifecycle.release(frame);
    } catch (BackendFailure e) {
      log.warn("Run {} can't be looked after while a backend fails.", frame.runId(), e);
      lifecycle.idleSoon(frame);
    }
  }

  private void take(RunFrame frame, Delivery delivery) {
    Job job = delivery.job();
    if (job.epoch() > frame.epoch()) {
      Stages.join(renewal.renew(frame, frame.epoch()));
    }
    if (job.epoch() != frame.epoch()) {
      // What was due in an earlier epoch and still is has got another job.
      delivery.acknowledge();
      return;
    }
    Due due;
    try {
      due = due(frame, job);
    } catch (BackendFailure e) {
      throw e;
    } catch (RuntimeException e) {
      delivery.reject("The job can't be read: " + e.getMessage());
      return;
    }
    if (due == null) {
      delivery.reject("The run's definition has no such node instance.");
    } else if (!canRun(due.instance())) {
      handBack(due.instance(), delivery);
    } else if (delivery.deliveryCount() > 1 && isDecided(frame, due.instance())) {
      delivery.acknowledge();
    } else {
      Strand.execute(this, frame, job.epoch(), due, delivery).run();
    }
  }

  private @Nullable Due due(RunFrame frame, Job job) {
    Instance instance = recovery.instance(frame, job.instance());
    if (instance == null) {
      return null;
    }
    return new Due(
        instance, Delivered.unpack(job.input(), frame.graph(), services.values().serializer()));
  }

  /** Somebody has had the job before, and may have died behind its end. */
  private boolean isDecided(RunFrame frame, Instance instance) {
    Outcome outcome = outcome(frame, instance);
    return outcome != null && outcome.status().isFinal();
  }

  /** What is stored of an instance; null for nothing. */
  @Nullable Outcome outcome(RunFrame frame, Instance instance) {
    return Stages.join(
            services.store().read(frame.runId(), Selection.outcomes(List.of(instance.key()))))
        .outcomes()
        .get(instance.key());
  }

  /** A worker of another version may have what this one lacks; not at once, as it may be slow. */
  private void handBack(Instance instance, Delivery delivery) {
    log.warn(
        "No implementation of '{}' here for {} of run {}; another worker may have it.",
        instance.node().definition().uses(),
        instance.key(),
        delivery.job().runId());
    if (draining) {
      delivery.release();
    } else {
      services.time().schedule(BACKEND_PAUSE, delivery::release);
    }
  }

  /**
   * Does something that may block and belongs to no strand, on a thread of its own; once more in a
   * while as long as a backend fails.
   */
  void perform(Runnable action) {
    services
        .executor()
        .execute(
            () -> {
              try {
                action.run();
              } catch (BackendFailure e) {
                log.warn("A backend has failed; what was to be done is tried again.", e);
                services.time().schedule(BACKEND_PAUSE, () -> perform(action));
              }
            });
  }

  /** A strand could not go on: it tries the same again after a pause, for ever. */
  void broken(RunFrame frame, Instance instance, @Nullable Throwable error, Runnable strand) {
    frame.doubt();
    log.error(
        "Node instance {} of run {} could not be carried on; it will be tried again.",
        instance.key(),
        frame.runId(),
        error);
    services.time().schedule(BACKEND_PAUSE, () -> services.executor().execute(strand));
  }
}
