package io.flowcraft.testkit.spi;

import io.flowcraft.blueprint.Join;
import io.flowcraft.spi.Arrival;
import io.flowcraft.spi.Completion;
import io.flowcraft.spi.CompletionAnswer;
import io.flowcraft.spi.CompletionAnswer.ResolvedJoin;
import io.flowcraft.spi.CoordinationStore;
import io.flowcraft.spi.EdgeState;
import io.flowcraft.spi.JoinSpec;
import io.flowcraft.spi.RunProgress;
import io.flowcraft.spi.RunState;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One trial of a coordination store. */
final class CoordinationTrial extends Trial {

  /** Long enough for a few calls to a server, short enough to wait for. */
  static final Duration SHORT = Duration.ofMillis(600);

  static final Duration LONG = Duration.ofHours(1);

  private static final Duration STEP = Duration.ofMillis(50);

  final CoordinationStoreCompatibilityKit kit;
  private final List<CoordinationStore> opened = new ArrayList<>();

  /** The run that most tests work with. */
  final String runId = name("run");

  /** A key that no other trial uses. */
  final String key = name("key");

  /** The epoch that the runs of a trial are opened in. */
  static final long EPOCH = 3;

  /** The store under test. */
  final CoordinationStore store;

  CoordinationTrial(CoordinationStoreCompatibilityKit kit) throws Exception {
    super(kit.patience());
    this.kit = kit;
    this.store = open();
  }

  /** Another object for the same store. */
  CoordinationStore open() throws Exception {
    CoordinationStore another = kit.openStore();
    opened.add(another);
    return another;
  }

  void close() {
    opened.forEach(CoordinationStore::close);
  }

  boolean set(String rule, String name, String value, Duration ttl) {
    return answer(rule, store.setIfAbsent(name, value, ttl));
  }

  long increment(String rule, Duration ttl) {
    return answer(rule, store.increment(key, ttl));
  }

  @Nullable String get(String rule, String name) {
    return answer(rule, store.get(name));
  }

  /** Waits until the short time that has just begun is over on the store's clock. */
  void outlastShort(String rule) {
    String control = name("control");
    set(rule, control, "1", SHORT);
    untilExpired(rule, control);
  }

  void untilExpired(String rule, String name) {
    eventually(
        rule + ": a value whose time is over has gone",
        () -> {
          kit.letTimePass(STEP);
          return get(rule, name) == null;
        });
  }

  RunProgress open(String rule, String... instances) {
    return answer(rule, store.open(RunState.begin(runId, EPOCH, List.of(instances))));
  }

  CompletionAnswer complete(String rule, String instance, String token, Arrival... arrivals) {
    return complete(rule, instance, token, false, arrivals);
  }

  CompletionAnswer complete(
      String rule, String instance, String token, boolean failed, Arrival... arrivals) {
    return answer(rule, store.complete(completion(instance, token, failed, arrivals)));
  }

  Completion completion(String instance, String token, boolean failed, Arrival... arrivals) {
    return new Completion(runId, EPOCH, instance, token, failed, List.of(arrivals));
  }

  RunProgress park(String rule, String instance) {
    return answer(rule, store.park(runId, EPOCH, instance));
  }

  RunProgress unpark(String rule, String instance) {
    return answer(rule, store.unpark(runId, EPOCH, instance));
  }

  /** How the run stands, told by a call that changes nothing. */
  RunProgress progress(String rule) {
    return park(rule, name("nobody"));
  }

  /** An edge to a target with this edge only. */
  static Arrival taken(String target) {
    return new Arrival(target, "->" + target, EdgeState.TAKEN, JoinSpec.SINGLE);
  }

  static Arrival arrival(String target, String edge, EdgeState state, Join rule, int expected) {
    return new Arrival(target, edge, state, new JoinSpec(rule, expected));
  }

  static List<String> targets(CompletionAnswer answer) {
    return answer.resolved().stream().map(ResolvedJoin::target).toList();
  }
}
