package io.flowcraft.runtime.internal.engine;

import io.flowcraft.memory.InMemoryCoordinationStore;
import io.flowcraft.run.NodeStatus;
import io.flowcraft.runtime.internal.graph.GraphNode;
import io.flowcraft.runtime.internal.graph.Instance;
import io.flowcraft.runtime.internal.graph.Path;
import io.flowcraft.runtime.internal.kernel.Arrivals;
import io.flowcraft.spi.Commit;
import io.flowcraft.spi.Completion;
import io.flowcraft.spi.CompletionAnswer;
import io.flowcraft.spi.Entry;
import io.flowcraft.spi.Outcome;
import io.flowcraft.spi.Payload;
import io.flowcraft.spi.RunProgress;
import io.flowcraft.spi.RunSlice;
import io.flowcraft.spi.RunState;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/**
 * Decides every recorded instance of a run once more, in the recorded order, in a ledger of its
 * own: what the run has come to, and what is due. It changes nothing that anybody else can see.
 */
final class Replay {

  private static final String TOKEN = "recorded";

  private final Engine engine;
  private final RunFrame frame;
  private final RunSlice slice;
  private final long epoch;
  private final InMemoryCoordinationStore ledger;
  private final Consequences consequences;
  private final Map<String, Instance> started = new LinkedHashMap<>();
  private final Set<String> decided = new HashSet<>();
  private final Set<String> parked = new LinkedHashSet<>();

  private Replay(Engine engine, RunFrame frame, RunSlice slice, long epoch) {
    this.engine = engine;
    this.frame = frame;
    this.slice = slice;
    this.epoch = epoch;
    this.ledger = new InMemoryCoordinationStore(engine.services().time());
    this.consequences = new Consequences(engine, frame, epoch);
  }

  /**
   * Replays what is stored of a run.
   *
   * @param epoch the epoch that the result is for
   */
  static Replay of(Engine engine, RunFrame frame, RunSlice slice, long epoch) {
    Replay replay = new Replay(engine, frame, slice, epoch);
    replay.run();
    return replay;
  }

  private void run() {
    List<Outcome> recorded = ContextSnapshot.inOrder(slice);
    long sequence = latestSequence();
    for (Instance start : frame.graph().startInstances()) {
      started.put(start.key(), start);
    }
    List<String> starts = List.copyOf(started.keySet());
    Stages.join(
        ledger.open(
            new RunState(
                frame.runId(), epoch, sequence, 0, List.of(), starts, List.of(), List.of())));
    for (Outcome outcome : recorded) {
      if (ContextSnapshot.isParked(outcome)) {
        park(outcome);
      } else {
        again(outcome);
      }
    }
    drain();
    skipLatent();
    for (String key : parked) {
      Stages.join(ledger.park(frame.runId(), epoch, key));
    }
  }

  /** Outcomes may have been taken back whose entries are still there. */
  private long latestSequence() {
    return LongStream.concat(
            slice.outcomes().values().stream().mapToLong(Outcome::sequence),
            slice.entries().values().stream().mapToLong(Entry::sequence))
        .max()
        .orElse(0);
  }

  private void park(Outcome outcome) {
    parked.add(outcome.instance());
    Instance instance = frame.parse(outcome.instance());
    List<Instance> targets = new ArrayList<>(1);
    Completion leaving =
        instance == null ? null : Lanes.leaving(frame, epoch, instance, TOKEN, targets);
    if (leaving != null) {
      consequences.resolved(Stages.join(ledger.complete(leaving)).resolved(), targets);
    }
  }

  private void again(Outcome outcome) {
    Instance instance = frame.parse(outcome.instance());
    if (instance == null) {
      return;
    }
    Map<String, @Nullable Object> detail = Detail.of(outcome);
    Arrivals arrivals =
        engine.resolver().arrivals(frame, instance, outcome.status(), outcome.routing(), detail);
    boolean failed = outcome.status() == NodeStatus.FAILED && !detail.containsKey(Detail.TOLERATED);
    CompletionAnswer answer =
        Stages.join(
            ledger.complete(
                new Completion(
                    frame.runId(), epoch, outcome.instance(), TOKEN, failed, arrivals.arrivals())));
    decided.add(instance.key());
    consequences.resolved(answer.resolved(), arrivals.targets());
  }

  /** Decides again what follows without being executed. */
  private void drain() {
    Completion next = consequences.next(TOKEN, "", decided);
    while (next != null) {
      CompletionAnswer answer = Stages.join(ledger.complete(next));
      if (answer.verdict() == CompletionAnswer.Verdict.WON) {
        consequences.answered(answer);
      }
      next = consequences.next(TOKEN, "", decided);
    }
  }

  /** Nodes that nobody asked for are not run once nothing else can; others may wait for them. */
  private void skipLatent() {
    for (GraphNode node : frame.graph().latent()) {
      if (state().open().isEmpty() && !decided.contains(node.rootInstance().key())) {
        consequences.skipLatent(node);
        drain();
      }
    }
  }

  /** What has followed without being executed, and is not recorded, as its winner died before. */
  Commit missing() {
    return new Commit(frame.runId(), epoch, consequences.outcomes(), consequences.entries());
  }

  /** What a coordination store has to know of the run. */
  RunState state() {
    return ledger.state(frame.runId()).orElseThrow();
  }

  /** The instances that are parked. */
  Set<String> parked() {
    return parked;
  }

  /** Whether everything is decided and recorded. */
  boolean isComplete() {
    return parked.isEmpty() && consequences.outcomes().isEmpty() && state().open().isEmpty();
  }

  /** Whether everything is stored of a run of which as many instances are parked, and no others. */
  boolean waitsLike(RunProgress progress) {
    return progress.open() == progress.parked()
        && parked.size() == progress.parked()
        && consequences.outcomes().isEmpty()
        && state().open().size() == progress.open();
  }

  /** What can start, with its inputs. */
  List<Due> due() {
    Set<String> sources = consequences.foreignSources();
    if (!sources.isEmpty()) {
      consequences.foreign(sources, slice.outcomes());
    }
    Map<String, Due> all = new LinkedHashMap<>();
    started.forEach(
        (key, start) ->
            all.put(
                key,
                new Due(start, Inputs.atStart(frame, start.node(), engine.services().values()))));
    consequences.ready().forEach(ready -> all.put(ready.instance().key(), ready));
    List<Due> due = new ArrayList<>();
    all.forEach(
        (key, candidate) -> {
          if (!decided.contains(key) && !parked.contains(key)) {
            due.add(
                candidate.instance().path().standsInFor() == null
                    ? candidate
                    : new Due(candidate.instance(), List.of(inherited(candidate, all))));
          }
        });
    return due;
  }

  /** A stand-in gets the input of the node that it stands in for, which is not stored apart. */
  private Delivered inherited(Due standIn, Map<String, Due> all) {
    Path path = standIn.instance().path();
    GraphNode replaced = Objects.requireNonNull(path.standsInFor());
    Due before = all.get(replaced.at(Objects.requireNonNull(path.parent())).key());
    if (before == null) {
      return new Delivered(null, null);
    }
    List<Delivered> inputs =
        before.instance().path().standsInFor() == null
            ? before.inputs()
            : List.of(inherited(before, all));
    Payload input =
        Inputs.resolve(
            replaced,
            inputs,
            new ContextReader(engine.services(), frame)::get,
            engine.services().values());
    return new Delivered(null, input);
  }
}
