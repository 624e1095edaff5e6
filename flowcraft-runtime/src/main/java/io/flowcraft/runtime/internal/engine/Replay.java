package io.flowcraft.runtime.internal.engine;

import io.flowcraft.runtime.internal.graph.GraphNode;
import io.flowcraft.runtime.internal.graph.Instance;
import io.flowcraft.runtime.internal.graph.Path;
import io.flowcraft.runtime.internal.kernel.Arrivals;
import io.flowcraft.spi.Commit;
import io.flowcraft.spi.Completion;
import io.flowcraft.spi.CompletionAnswer;
import io.flowcraft.spi.CoordinationStore;
import io.flowcraft.spi.Outcome;
import io.flowcraft.spi.Payload;
import io.flowcraft.spi.Selection;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/** What becomes due while recorded instances are decided again. */
final class Replay {

  private final Engine engine;
  private final RunFrame frame;
  private final CoordinationStore coordination;
  private final Consequences consequences;
  private final Map<String, Instance> started = new LinkedHashMap<>();
  private final Set<String> decided = new HashSet<>();

  /**
   * A replay.
   *
   * @param coordination decides again, from the beginning
   */
  Replay(Engine engine, RunFrame frame, CoordinationStore coordination) {
    this.engine = engine;
    this.frame = frame;
    this.coordination = coordination;
    this.consequences = new Consequences(engine, frame);
  }

  void started(Instance instance) {
    started.put(instance.key(), instance);
  }

  void decided(Instance instance, CompletionAnswer answer, Arrivals arrivals) {
    decided.add(instance.key());
    consequences.resolved(answer.resolved(), arrivals.targets());
  }

  /**
   * Decides again what follows without being executed. Most of it is recorded; what is not, because
   * a process died before it could be, is recorded now.
   */
  void drain(String token) {
    if (!isRecorded(token)) {
      Stages.join(
          engine
              .services()
              .store()
              .commit(new Commit(frame.runId(), consequences.outcomes(), consequences.entries())));
    }
  }

  /** Decides again what follows without being executed; whether all of it is recorded. */
  boolean isRecorded(String token) {
    Completion next = consequences.next(token, "", decided);
    while (next != null) {
      CompletionAnswer answer = Stages.join(coordination.complete(next));
      if (answer.verdict() == CompletionAnswer.Verdict.WON) {
        consequences.answered(answer);
      }
      next = consequences.next(token, "", decided);
    }
    return consequences.outcomes().isEmpty();
  }

  /** What can start, with its inputs. */
  List<Due> due(Set<String> parked) {
    Set<String> sources = consequences.foreignSources();
    if (!sources.isEmpty()) {
      Map<String, Outcome> outcomes =
          Stages.join(engine.services().store().read(frame.runId(), Selection.outcomes(sources)))
              .outcomes();
      consequences.foreign(sources, outcomes);
    }
    Map<String, Due> all = new LinkedHashMap<>();
    started.forEach((key, start) -> all.put(key, new Due(start, List.of())));
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
