package io.flowcraft.memory;

import io.flowcraft.spi.Arrival;
import io.flowcraft.spi.Completion;
import io.flowcraft.spi.CompletionAnswer;
import io.flowcraft.spi.CompletionAnswer.ResolvedJoin;
import io.flowcraft.spi.CompletionAnswer.Verdict;
import io.flowcraft.spi.RunProgress;
import io.flowcraft.spi.RunState;
import io.flowcraft.spi.RunState.PendingJoin;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What is known of one run: which node instances are open or parked, which joins are under way, and
 * the answers that were given. Its monitor makes every method atomic.
 */
final class RunLedger {

  private static final int MANY = 16;

  private Map<String, Instance> instances = new HashMap<>();
  private final long epoch;
  private long sequence;
  private int open;
  private int parked;
  private int failed;
  private boolean forgotten;

  RunLedger(RunState state) {
    this.epoch = state.epoch();
    this.sequence = state.sequence();
    this.failed = state.failed();
    for (String id : state.open()) {
      Instance instance = instance(id);
      instance.joined = true;
      open(instance);
    }
    state.parked().forEach(id -> setParked(id, true));
    for (PendingJoin pending : state.joins()) {
      JoinProgress join = new JoinProgress(pending.target(), pending.join());
      pending.arrived().forEach(e -> join.add(e.edge(), e.source(), e.state()));
      instance(pending.target()).join = join;
    }
    // Who won is not told: whoever comes now has lost.
    CompletionAnswer lost =
        new CompletionAnswer(Verdict.LOST, sequence, List.of(), open, parked, failed);
    for (String id : state.decided()) {
      Instance instance = instance(id);
      instance.decided = true;
      instance.answer = lost;
    }
  }

  long epoch() {
    return epoch;
  }

  /** Everything that is known of the run. */
  synchronized RunState state(String runId) {
    List<String> decided = new ArrayList<>();
    List<String> opened = new ArrayList<>();
    List<String> waiting = new ArrayList<>();
    List<PendingJoin> joins = new ArrayList<>();
    instances.forEach(
        (id, instance) -> {
          if (instance.decided) {
            decided.add(id);
          } else if (instance.open) {
            opened.add(id);
          }
          if (instance.parked) {
            waiting.add(id);
          }
          if (instance.join != null) {
            joins.add(instance.join.state());
          }
        });
    return new RunState(runId, epoch, sequence, failed, decided, opened, waiting, joins);
  }

  synchronized RunProgress progress(boolean changed) {
    return forgotten
        ? RunProgress.UNKNOWN
        : new RunProgress(true, sequence, open, parked, failed, changed);
  }

  synchronized RunProgress setParked(String id, boolean park) {
    Instance instance = instances.get(id);
    if (instance == null || !instance.open || instance.parked == park) {
      return progress(false);
    }
    instance.parked = park;
    parked += park ? 1 : -1;
    return progress(true);
  }

  /** From now on the ledger answers unknown, also those who found it just before. */
  synchronized void forget() {
    forgotten = true;
  }

  /** Null if the run has been forgotten. */
  synchronized @Nullable CompletionAnswer complete(Completion completion) {
    if (forgotten) {
      return null;
    }
    Instance instance = instance(completion.instance());
    CompletionAnswer earlier = instance.answer;
    if (earlier != null) {
      return completion.token().equals(instance.token) ? earlier : lost(earlier);
    }
    if (instance.decided) {
      return new CompletionAnswer(Verdict.LOST, sequence, List.of(), open, parked, failed);
    }
    decide(instance, completion);
    List<ResolvedJoin> resolved = arrive(completion);
    sequence++;
    CompletionAnswer answer =
        new CompletionAnswer(Verdict.WON, sequence, resolved, open, parked, failed);
    instance.answer = answer;
    instance.token = completion.token();
    return answer;
  }

  private static CompletionAnswer lost(CompletionAnswer won) {
    return new CompletionAnswer(
        Verdict.LOST, won.sequence(), won.resolved(), won.open(), won.parked(), won.failed());
  }

  private void decide(Instance instance, Completion completion) {
    if (instance.open) {
      instance.open = false;
      open--;
    }
    if (instance.parked) {
      instance.parked = false;
      parked--;
    }
    instance.decided = true;
    instance.join = null;
    if (completion.failed()) {
      failed++;
    }
  }

  private List<ResolvedJoin> arrive(Completion completion) {
    List<Arrival> arrivals = completion.arrivals();
    reserve(arrivals.size());
    List<ResolvedJoin> resolved = null;
    for (int i = 0; i < arrivals.size(); i++) {
      ResolvedJoin join = arrive(arrivals.get(i), completion.instance());
      if (join != null) {
        if (arrivals.size() == 1) {
          return List.of(join);
        }
        if (resolved == null) {
          resolved = new ArrayList<>(arrivals.size());
        }
        resolved.add(join);
      }
    }
    return resolved == null ? List.of() : Collections.unmodifiableList(resolved);
  }

  /** The join, if this arrival decides it. */
  private @Nullable ResolvedJoin arrive(Arrival arrival, String source) {
    Instance target = instance(arrival.target());
    if (target.joined || target.decided) {
      return null;
    }
    if (arrival.join().expected() == 1) {
      return resolve(target, JoinProgress.ofSingle(arrival, source));
    }
    JoinProgress join = target.join;
    if (join == null) {
      join = new JoinProgress(arrival.target(), arrival.join());
      target.join = join;
    }
    ResolvedJoin resolved = join.arrive(arrival, source);
    return resolved == null ? null : resolve(target, resolved);
  }

  private ResolvedJoin resolve(Instance target, ResolvedJoin resolved) {
    target.joined = true;
    target.join = null;
    open(target);
    return resolved;
  }

  private void open(Instance instance) {
    if (!instance.open) {
      instance.open = true;
      open++;
    }
  }

  /** Makes room for many newcomers at once, which is cheaper than again and again. */
  private void reserve(int newcomers) {
    if (newcomers > instances.size() + MANY) {
      Map<String, Instance> wider = new HashMap<>(2 * (instances.size() + newcomers));
      wider.putAll(instances);
      instances = wider;
    }
  }

  private Instance instance(String id) {
    Instance known = instances.get(id);
    if (known == null) {
      known = new Instance();
      instances.put(id, known);
    }
    return known;
  }

  /** A node instance, from its first arrival on. */
  private static final class Instance {
    boolean open;
    boolean parked;
    boolean decided;
    boolean joined;
    @Nullable JoinProgress join;
    @Nullable String token;
    @Nullable CompletionAnswer answer;
  }
}
