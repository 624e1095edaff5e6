package io.flowcraft.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import io.flowcraft.blueprint.EdgeDefinition;
import io.flowcraft.blueprint.NodeDefinition;
import io.flowcraft.flow.Flow;
import io.flowcraft.memory.InMemoryContextStore;
import io.flowcraft.random.Seeds;
import io.flowcraft.run.NodeStatus;
import io.flowcraft.run.RunHandle;
import io.flowcraft.run.RunOptions;
import io.flowcraft.run.RunResult;
import io.flowcraft.run.RunStatus;
import io.flowcraft.spi.ContextStore;
import io.flowcraft.spi.EdgeDecision;
import io.flowcraft.spi.EdgeState;
import io.flowcraft.spi.JoinSpec;
import io.flowcraft.spi.Outcome;
import io.flowcraft.spi.Selection;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Whatever the graph, and whoever is quicker: a run ends, and ends the same way. */
class RandomGraphsRunTest {

  private static final int GRAPHS = 600;

  /** What became of a run, as far as it must not depend on the order of things. */
  private record Ending(
      RunStatus status,
      Map<String, NodeStatus> nodes,
      Map<String, Object> outputs,
      Set<String> failed,
      Set<String> executed) {}

  /** Runs one of the waiting tasks, any of them, until none is left. */
  private static final class Shuffling implements Executor {

    private final List<Runnable> tasks = new ArrayList<>();
    private final Random random;

    Shuffling(Random random) {
      this.random = random;
    }

    @Override
    public void execute(Runnable task) {
      tasks.add(task);
    }

    void drain() {
      while (!tasks.isEmpty()) {
        tasks.remove(random.nextInt(tasks.size())).run();
      }
    }
  }

  @Test
  void aRunEndsAndItsNodesAgreeWithItsEdges() {
    Seeds.each(
        GRAPHS,
        random -> {
          RandomFlow graph = new RandomFlow(random.nextLong());
          try (Lab lab = new Lab()) {
            ending(lab, graph, lab.executor::drain);
            requireConsistent(graph.build(), lab.store);
          }
        });
  }

  @Test
  void theOrderOfTasksChangesNothing() {
    Seeds.each(
        GRAPHS,
        random -> {
          long seed = random.nextLong();
          RandomFlow inOrder = new RandomFlow(seed);
          RandomFlow shuffled = new RandomFlow(seed);
          Shuffling executor = new Shuffling(random);
          try (Lab first = new Lab();
              Lab second = new Lab(builder -> builder.executor(executor).maxLocalSteps(0))) {
            assertThat(ending(second, shuffled, executor::drain))
                .isEqualTo(ending(first, inOrder, first.executor::drain));
            requireConsistent(shuffled.build(), second.store);
          }
        });
  }

  @Test
  void norDoManyThreads() {
    ExecutorService pool = Executors.newFixedThreadPool(4);
    try {
      Seeds.each(
          GRAPHS,
          random -> {
            long seed = random.nextLong();
            RandomFlow single = new RandomFlow(seed);
            try (Lab lab = new Lab()) {
              assertThat(onPool(pool, new RandomFlow(seed)))
                  .isEqualTo(ending(lab, single, lab.executor::drain));
            }
          });
    } finally {
      pool.shutdownNow();
    }
  }

  private static Ending ending(Lab lab, RandomFlow graph, Runnable drain) {
    RunHandle handle = lab.start(graph.build(), Map.of(), RunOptions.runId("r"));
    lab.time.advance(Duration.ofHours(1), drain);
    Future<RunResult> settled = handle.settled().toCompletableFuture();
    assertThat(settled).as("the run ends").isDone();
    return ending(handle.settled().toCompletableFuture().join(), graph);
  }

  private static Ending onPool(ExecutorService pool, RandomFlow graph) {
    TestTime time = new TestTime();
    ContextStore store = new InMemoryContextStore();
    try (FlowRuntime runtime =
        FlowRuntime.builder()
            .time(time)
            .executor(pool)
            .random(new LockedRandom(new SplittableRandom(7)))
            .contextStore(new Lab.Sharing(store))
            .properties(Map.of("flowcraft.queue", "memory", "flowcraft.coordination", "memory"))
            .build()) {
      RunHandle handle = runtime.start(graph.build(), Map.of(), RunOptions.runId("r"));
      RunResult result = null;
      for (int i = 0; result == null && i < 20_000; i++) {
        result = within(handle.settled().toCompletableFuture());
        time.advance(Duration.ofSeconds(1), () -> {});
      }
      assertThat(result).as("the run ends").isNotNull();
      requireConsistent(graph.build(), store);
      return ending(result, graph);
    }
  }

  private static RunResult within(Future<RunResult> settled) {
    try {
      return settled.get(200, TimeUnit.MICROSECONDS);
    } catch (TimeoutException e) {
      return null;
    } catch (InterruptedException | ExecutionException e) {
      throw new AssertionError(e);
    }
  }

  private static Ending ending(RunResult result, RandomFlow graph) {
    assertThat(result.status()).isIn(RunStatus.COMPLETED, RunStatus.FAILED);
    assertThat(result.status() == RunStatus.FAILED).isEqualTo(!result.errors().isEmpty());
    assertThat(result.nodes().values())
        .as("every node is decided: %s", result.nodes())
        .allMatch(status -> status.isFinal() || status == NodeStatus.WAITING);
    graph.requireOneExecutionEach();
    return new Ending(
        result.status(),
        result.nodes(),
        result.outputs(),
        result.errors().stream().map(error -> error.nodeId()).collect(Collectors.toSet()),
        graph.executed());
  }

  /**
   * Every node outside of loops has run if, and only if, its join over the stored edges says so.
   */
  private static void requireConsistent(Flow flow, ContextStore store) {
    Collection<Outcome> outcomes =
        store.read("r", Selection.ALL).toCompletableFuture().join().outcomes().values();
    for (NodeDefinition node : flow.blueprint().nodes()) {
      Map<EdgeState, Integer> arrived = new EnumMap<>(EdgeState.class);
      int incoming = 0;
      for (int i = 0; i < flow.blueprint().edges().size(); i++) {
        EdgeDefinition edge = flow.blueprint().edges().get(i);
        if (edge.target().equals(node.id())) {
          incoming++;
          arrived.merge(decided(i, edge.source(), outcomes), 1, Integer::sum);
        }
      }
      if (incoming > 0 && !RandomFlow.isInLoop(node.id())) {
        JoinSpec.State state =
            new JoinSpec(node.config().joinOrDefault(), incoming)
                .decide(
                    arrived.getOrDefault(EdgeState.TAKEN, 0),
                    arrived.getOrDefault(EdgeState.SKIPPED, 0),
                    arrived.getOrDefault(EdgeState.DEAD, 0));
        Set<NodeStatus> statuses = new HashSet<>();
        outcomes.stream()
            .filter(outcome -> outcome.nodeId().equals(node.id()))
            .forEach(outcome -> statuses.add(outcome.status()));
        assertThat(statuses).as("%s with %s edges %s", node.id(), incoming, arrived).hasSize(1);
        assertThat(statuses.contains(NodeStatus.SKIPPED))
            .as("%s is skipped, with edges %s", node.id(), arrived)
            .isEqualTo(state != JoinSpec.State.READY);
      }
    }
  }

  /**
   * How an edge was decided in the end: taken if any iteration took it. The way out of a loop that
   * was never begun is decided by the node that it would have begun with.
   */
  private static EdgeState decided(int edge, String source, Collection<Outcome> outcomes) {
    boolean known = outcomes.stream().anyMatch(outcome -> outcome.nodeId().equals(source));
    String decider = known ? source : source.replace("loop", "body");
    EdgeState state = EdgeState.SKIPPED;
    for (Outcome outcome : outcomes) {
      for (EdgeDecision decision : outcome.routing()) {
        boolean stronger = state == EdgeState.SKIPPED || decision.state() == EdgeState.TAKEN;
        boolean same = !known || decision.edge() == edge;
        if (outcome.nodeId().equals(decider) && same && stronger) {
          state = decision.state();
        }
      }
    }
    return state;
  }
}
