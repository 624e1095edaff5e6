package io.flowcraft.testkit.broken;

import io.flowcraft.blueprint.Join;
import io.flowcraft.spi.Arrival;
import io.flowcraft.spi.Completion;
import io.flowcraft.spi.CompletionAnswer;
import io.flowcraft.spi.CompletionAnswer.ResolvedJoin;
import io.flowcraft.spi.CompletionAnswer.TakenEdge;
import io.flowcraft.spi.CompletionAnswer.Verdict;
import io.flowcraft.spi.CoordinationStore;
import io.flowcraft.spi.JoinSpec;
import io.flowcraft.spi.RunProgress;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;

/** Coordination stores that break one rule of completions and joins each. */
final class BrokenCompletions {

  private BrokenCompletions() {}

  static void add(Map<String, Broken<CoordinationStore>> all) {
    AtomicInteger counter = new AtomicInteger();
    all.put("C-19", asking("the verdict on the second token", c -> withToken(c, "same")));
    all.put(
        "C-20",
        asking(
            "the answer to a completion asked again later",
            c -> withToken(c, c.token() + counter.incrementAndGet())));
    all.put("C-21", asking("the winners among concurrent", c -> withToken(c, "same")));
    all.put(
        "C-22",
        answering("open after one ended and two began", (c, a) -> withOpen(a, a.open() + 1)));
    all.put("C-23", Broken.of("nobody opened", BrokenCompletions::openInstancesOnly));
    all.put("C-24", asking("failures after two", BrokenCompletions::neverFailed));
    all.put(
        "C-25",
        answering("what concurrent completions leave open", (c, a) -> withOpen(a, a.open() / 2)));
    all.put(
        "C-26", asking("what became of a join", c -> withArrivals(c, BrokenCompletions::allJoin)));
    all.put(
        "C-27",
        answering("the taken edges and where they came from", (c, a) -> withLastEdgesOnly(a)));
    all.put(
        "C-28",
        asking(
            "joins resolved by an edge that came twice",
            c -> withArrivals(c, arrival -> withEdge(arrival, "" + counter.incrementAndGet()))));
    all.put(
        "C-29", answering("joins resolved by the second edge", BrokenCompletions::resolvingAlways));
    all.put("C-30", answering("in the order of the arrivals", (c, a) -> withReversedJoins(a)));
    all.put(
        "C-31", answering("joins before a decided instance", BrokenCompletions::resolvingAlways));
    all.put("C-32", answering("how often a join was resolved", BrokenCompletions::resolvingAlways));
    all.put(
        "C-37",
        Broken.of("parked after its completion", BrokenCompletions::completedButStillParked));
    all.put("C-40", answering("the edges of the join", (c, a) -> withLastEdgesOnly(a)));
  }

  private interface Answering {
    CompletionAnswer change(Completion completion, CompletionAnswer answer);
  }

  private static Broken<CoordinationStore> asking(String words, UnaryOperator<Completion> change) {
    return Broken.of(
        words,
        good ->
            new ForwardingCoordinationStore(good) {
              @Override
              public CompletionStage<CompletionAnswer> complete(Completion completion) {
                return good.complete(change.apply(completion));
              }
            });
  }

  private static Broken<CoordinationStore> answering(String words, Answering change) {
    return Broken.of(
        words,
        good ->
            new ForwardingCoordinationStore(good) {
              @Override
              public CompletionStage<CompletionAnswer> complete(Completion completion) {
                return good.complete(completion)
                    .thenApply(answer -> change.change(completion, answer));
              }
            });
  }

  private static Completion withToken(Completion c, String token) {
    return new Completion(c.runId(), c.epoch(), c.instance(), token, c.failed(), c.arrivals());
  }

  private static Completion neverFailed(Completion c) {
    return new Completion(c.runId(), c.epoch(), c.instance(), c.token(), false, c.arrivals());
  }

  private static Completion withArrivals(Completion c, UnaryOperator<Arrival> change) {
    List<Arrival> arrivals = c.arrivals().stream().map(change).toList();
    return new Completion(c.runId(), c.epoch(), c.instance(), c.token(), c.failed(), arrivals);
  }

  private static Arrival allJoin(Arrival arrival) {
    JoinSpec join = new JoinSpec(Join.all(), arrival.join().expected());
    return new Arrival(arrival.target(), arrival.edge(), arrival.state(), join);
  }

  private static Arrival withEdge(Arrival arrival, String edge) {
    return new Arrival(arrival.target(), edge, arrival.state(), arrival.join());
  }

  private static CompletionAnswer withOpen(CompletionAnswer answer, int open) {
    return new CompletionAnswer(
        answer.verdict(),
        answer.sequence(),
        answer.resolved(),
        open,
        answer.parked(),
        answer.failed());
  }

  private static CompletionAnswer withJoins(CompletionAnswer answer, List<ResolvedJoin> joins) {
    return new CompletionAnswer(
        answer.verdict(),
        answer.sequence(),
        joins,
        answer.open(),
        answer.parked(),
        answer.failed());
  }

  private static CompletionAnswer withReversedJoins(CompletionAnswer answer) {
    List<ResolvedJoin> joins = new ArrayList<>(answer.resolved());
    Collections.reverse(joins);
    return withJoins(answer, joins);
  }

  private static CompletionAnswer withLastEdgesOnly(CompletionAnswer answer) {
    return withJoins(
        answer,
        answer.resolved().stream()
            .map(
                join -> {
                  List<TakenEdge> taken = join.taken();
                  return new ResolvedJoin(
                      join.target(), join.state(), taken.subList(taken.size() - 1, taken.size()));
                })
            .toList());
  }

  /** Every arrival resolves its join, whatever came before. */
  private static CompletionAnswer resolvingAlways(Completion completion, CompletionAnswer answer) {
    List<ResolvedJoin> joins =
        completion.arrivals().stream()
            .map(
                arrival ->
                    new ResolvedJoin(
                        arrival.target(),
                        JoinSpec.State.READY,
                        List.of(new TakenEdge(arrival.edge(), completion.instance()))))
            .toList();
    return withJoins(answer, joins);
  }

  private static CoordinationStore openInstancesOnly(CoordinationStore good) {
    return new ForwardingCoordinationStore(good) {
      @Override
      public CompletionStage<CompletionAnswer> complete(Completion completion) {
        RunProgress parked =
            good.park(completion.runId(), completion.epoch(), completion.instance())
                .toCompletableFuture()
                .join();
        return parked.changed()
            ? good.complete(completion)
            : CompletableFuture.completedFuture(
                new CompletionAnswer(Verdict.LOST, 0, List.of(), 0, 0, 0));
      }
    };
  }

  private static CoordinationStore completedButStillParked(CoordinationStore good) {
    return new ForwardingCoordinationStore(good) {
      @Override
      public CompletionStage<CompletionAnswer> complete(Completion completion) {
        int before =
            good.park(completion.runId(), completion.epoch(), "")
                .toCompletableFuture()
                .join()
                .parked();
        return good.complete(completion)
            .thenApply(
                answer ->
                    new CompletionAnswer(
                        answer.verdict(),
                        answer.sequence(),
                        answer.resolved(),
                        answer.open(),
                        before,
                        answer.failed()));
      }
    };
  }
}
