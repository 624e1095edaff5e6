package io.flowcraft.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import io.flowcraft.flow.Flow;
import io.flowcraft.node.NodeResult;
import io.flowcraft.run.RunHandle;
import io.flowcraft.run.RunOptions;
import io.flowcraft.run.RunResult;
import io.flowcraft.run.RunStatus;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** On the threads that users have: nothing is lost, nothing runs twice, nothing hangs. */
class ConcurrencyTest {

  private static final Duration LONG = Duration.ofSeconds(60);
  private static final int RUNS = 200;
  private static final int ROUNDS = 5;

  private final Tally tally = new Tally();
  private final FlowRuntime runtime =
      FlowRuntime.builder()
          .properties(
              Map.of(
                  "flowcraft.queue", "memory",
                  "flowcraft.state", "memory",
                  "flowcraft.coordination", "memory"))
          .build();

  @AfterEach
  void close() {
    runtime.close();
  }

  private static long number(Object value) {
    return ((Number) value).longValue();
  }

  /** A fan of branches of different length, joined, then a loop, then a batch. */
  private Flow mix() {
    return Flow.named("mix")
        .node("begin", c -> NodeResult.output(number(c.context().get("seed"))))
        .node("left", c -> NodeResult.output(number(c.input()) + 1))
        .node("right", c -> NodeResult.output(number(c.input()) * 2))
        .node("longer", c -> NodeResult.output(number(c.input()) + 10))
        .node(
            "join",
            c -> {
              tally.note(c.idempotencyKey());
              long sum = number(c.inputs().get("left")) + number(c.inputs().get("longer"));
              c.context().set("count", 0);
              return NodeResult.output(sum);
            })
        .node(
            "body",
            c -> {
              tally.note(c.idempotencyKey());
              long count = number(c.context().get("count")) + 1;
              c.context().set("count", count);
              c.context().set("again", count < 5);
              return NodeResult.output(count);
            })
        .loop("loop", "again", loop -> loop.start("body").end("body"))
        .node(
            "list",
            c -> {
              long count = number(c.context().get("count"));
              return NodeResult.output(
                  IntStream.range(0, 8).mapToObj(i -> count * 100 + i).toList());
            })
        .batch(
            "batch",
            c -> {
              tally.note(c.idempotencyKey());
              return NodeResult.output(number(c.input()) + number(c.context().get("seed")));
            },
            batch -> batch.chunkSize(3))
        .node("end", c -> NodeResult.output(c.input()))
        .edge("begin", "left")
        .edge("begin", "right")
        .edge("right", "longer")
        .edge("left", "join")
        .edge("longer", "join")
        .edge("join", "body")
        .edge("loop", "list")
        .edge("list", "batch")
        .edge("batch", "end")
        .build();
  }

  private static List<Object> expected(long seed) {
    return IntStream.range(0, 8).<Object>mapToObj(i -> 500 + i + seed).toList();
  }

  @Test
  void manyRunsAtOnceEachHaveTheirExactResult() {
    Flow flow = mix();
    for (int round = 0; round < ROUNDS; round++) {
      List<RunHandle> handles = new ArrayList<>();
      for (int i = 0; i < RUNS; i++) {
        handles.add(runtime.start(flow, Map.of("seed", i), RunOptions.DEFAULT));
      }
      for (int i = 0; i < RUNS; i++) {
        RunResult result = handles.get(i).await(LONG);
        assertThat(result.status()).as("%s", result).isEqualTo(RunStatus.COMPLETED);
        assertThat((List<?>) result.outputs().get("end"))
            .usingElementComparator((a, b) -> Long.compare(number(a), number(b)))
            .isEqualTo(expected(i));
        assertThat(number(result.outputs().get("join"))).isEqualTo(3L * i + 11);
      }
    }
    assertThat(tally.ran()).hasSize(ROUNDS * RUNS * (1 + 5 + 8)).doesNotHaveDuplicates();
  }

  @Test
  void callersThatRunOnTheirOwnThreadsDoNotDisturbEachOther() {
    Flow flow = mix();
    List<CompletableFuture<RunResult>> results =
        IntStream.range(0, 16)
            .mapToObj(
                i -> {
                  CompletableFuture<RunResult> result = new CompletableFuture<>();
                  new Thread(
                          () -> {
                            try {
                              result.complete(runtime.run(flow, Map.of("seed", i)));
                            } catch (RuntimeException e) {
                              result.completeExceptionally(e);
                            }
                          })
                      .start();
                  return result;
                })
            .toList();
    for (int i = 0; i < results.size(); i++) {
      RunResult result = results.get(i).orTimeout(60, java.util.concurrent.TimeUnit.SECONDS).join();
      assertThat((List<?>) result.outputs().get("end"))
          .usingElementComparator((a, b) -> Long.compare(number(a), number(b)))
          .isEqualTo(expected(i));
    }
  }

  @Test
  void asynchronousNodesThatEndOnForeignThreadsLoseNothing() {
    Flow flow =
        Flow.named("foreign")
            .nodeAsync(
                "a", c -> CompletableFuture.supplyAsync(() -> NodeResult.output(c.attempt())))
            .nodeAsync("b", c -> CompletableFuture.supplyAsync(() -> NodeResult.output(c.input())))
            .nodeAsync("c", c -> CompletableFuture.supplyAsync(() -> NodeResult.output(c.input())))
            .node("d", c -> NodeResult.output(c.inputs().size()))
            .edge("a", "b")
            .edge("a", "c")
            .edge("b", "d")
            .edge("c", "d")
            .build();
    List<RunHandle> handles =
        IntStream.range(0, 1_000).mapToObj(i -> runtime.start(flow, Map.of())).toList();
    for (RunHandle handle : handles) {
      assertThat(handle.await(LONG).outputs()).containsEntry("d", 2);
    }
  }

  @Test
  void thousandsOfRunsWithSubflowsDoNotStarveEachOther() {
    Flow child = Flow.named("child").node("work", c -> NodeResult.output(c.input())).build();
    Flow flow =
        Flow.named("parent")
            .node("first", c -> NodeResult.output(1))
            .subflow("sub", child)
            .node("last", c -> NodeResult.output(c.input()))
            .edge("first", "sub")
            .edge("sub", "last")
            .build();
    List<RunHandle> handles =
        IntStream.range(0, 10_000).mapToObj(i -> runtime.start(flow, Map.of())).toList();
    for (RunHandle handle : handles) {
      RunResult result = handle.await(LONG);
      assertThat(result.status()).isEqualTo(RunStatus.COMPLETED);
      assertThat(result.outputs()).containsEntry("last", 1);
    }
  }
}
