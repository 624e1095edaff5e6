package io.flowcraft.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import io.flowcraft.flow.Flow;
import io.flowcraft.flow.FlowBuilder;
import io.flowcraft.memory.InMemoryContextStore;
import io.flowcraft.memory.InMemoryCoordinationStore;
import io.flowcraft.memory.InMemoryJobQueue;
import io.flowcraft.node.NodeFunction;
import io.flowcraft.node.NodeResult;
import io.flowcraft.run.RunResult;
import io.flowcraft.run.RunStatus;
import io.flowcraft.spi.ContextStore;
import io.flowcraft.spi.ContextStoreProvider;
import io.flowcraft.spi.CoordinationStore;
import io.flowcraft.spi.CoordinationStoreProvider;
import io.flowcraft.spi.JobQueue;
import io.flowcraft.spi.JobQueueProvider;
import io.flowcraft.spi.ProviderContext;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What a run of a fleet costs at the backends: each of them may be a network away. */
class CostBudgetTest {

  private static final NodeFunction ECHO =
      c -> c.hasInput() ? NodeResult.output(c.input()) : NodeResult.none();

  private static final Set<String> STORE_WRITES = Set.of("create", "commit", "transition", "fence");
  private static final Set<String> STORE_READS = Set.of("find", "read", "list");

  /** What was asked of the backends. */
  private static final class Bill {
    private int records;
    private int writes;
    private int reads;
    private int coordination;

    void add(String method, Object... args) {
      if (method.equals("enqueue")) {
        records += ((List<?>) args[0]).size();
      } else if (STORE_WRITES.contains(method)) {
        writes++;
      } else if (STORE_READS.contains(method)) {
        reads++;
      } else if (!Set.of("close", "consume", "onForgotten").contains(method)) {
        coordination++;
      }
    }

    /** What one more of something costs, by two runs that differ in many of it. */
    int[] perUnit(Bill less, int units) {
      return new int[] {
        (records - less.records) / units,
        (writes - less.writes) / units,
        (reads - less.reads) / units,
        (coordination - less.coordination) / units
      };
    }

    int[] total() {
      return new int[] {records, writes, reads, coordination};
    }
  }

  private static <T> T counted(Class<T> type, T backend, Bill bill) {
    return type.cast(
        Proxy.newProxyInstance(
            type.getClassLoader(),
            new Class<?>[] {type},
            (proxy, method, args) -> {
              bill.add(method.getName(), args == null ? new Object[0] : args);
              try {
                return method.invoke(backend, args);
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            }));
  }

  private record Queue(Bill bill) implements JobQueueProvider {
    @Override
    public String name() {
      return "counted";
    }

    @Override
    public JobQueue create(ProviderContext context) {
      return counted(JobQueue.class, new InMemoryJobQueue(context.executor()), bill);
    }
  }

  private record State(Bill bill) implements ContextStoreProvider {
    @Override
    public String name() {
      return "counted";
    }

    @Override
    public ContextStore create(ProviderContext context) {
      return counted(ContextStore.class, new InMemoryContextStore(), bill);
    }
  }

  private record Coordination(Bill bill) implements CoordinationStoreProvider {
    @Override
    public String name() {
      return "counted";
    }

    @Override
    public CoordinationStore create(ProviderContext context) {
      return counted(CoordinationStore.class, new InMemoryCoordinationStore(context.time()), bill);
    }
  }

  /** The bill of a run in a fleet of one process, and of its start alone. */
  private static Bill run(Flow flow, boolean toItsEnd) {
    Bill bill = new Bill();
    TestExecutor executor = new TestExecutor();
    FlowRuntime runtime =
        FlowRuntime.builder()
            .flow(flow)
            .time(new TestTime())
            .executor(executor)
            .random(new SplittableRandom(7))
            .jobQueue(new Queue(bill))
            .contextStore(new State(bill))
            .coordinationStore(new Coordination(bill))
            .build();
    CompletableFuture<?> settled = runtime.start(flow, Map.of()).settled().toCompletableFuture();
    if (toItsEnd) {
      executor.drain();
      assertThat(settled).isDone();
      assertThat(((RunResult) settled.join()).status()).isEqualTo(RunStatus.COMPLETED);
    }
    return bill;
  }

  private static Flow chain(int length) {
    FlowBuilder builder = Flow.named("chain");
    IntStream.range(0, length).forEach(i -> builder.node("n" + i, ECHO));
    IntStream.range(1, length).forEach(i -> builder.edge("n" + (i - 1), "n" + i));
    return builder.build();
  }

  private static Flow fan(int width, boolean joined) {
    FlowBuilder builder = Flow.named("fan").node("source", c -> NodeResult.output(1));
    for (int i = 0; i < width; i++) {
      builder.node("n" + i, ECHO).edge("source", "n" + i);
    }
    if (joined) {
      builder.node("join", c -> NodeResult.output(c.inputs().size()));
      IntStream.range(0, width).forEach(i -> builder.edge("n" + i, "join"));
    }
    return builder.build();
  }

  @Test
  void aStartIsOneWriteAndOneRecord() {
    int[] start = run(chain(10), false).total();

    assertThat(start[0]).as("queue records").isEqualTo(1);
    assertThat(start[1]).as("store writes").isEqualTo(1);
    assertThat(start[2]).as("store reads").isZero();
    assertThat(start[3]).as("coordination calls").isLessThanOrEqualTo(1);
  }

  @Test
  void aStepOfAChainIsOneWriteAndOneDecision() {
    int[] step = run(chain(110), true).perUnit(run(chain(10), true), 100);

    assertThat(step).as("records, writes, reads, coordination").containsExactly(0, 1, 0, 1);
  }

  @Test
  void aBranchIsOneRecordMore() {
    int[] branch = run(fan(110, false), true).perUnit(run(fan(10, false), true), 100);

    assertThat(branch).as("records, writes, reads, coordination").containsExactly(1, 1, 0, 1);
  }

  @Test
  void aJoinReadsItsInputsOnce() {
    int[] join = run(fan(10, true), true).perUnit(run(fan(10, false), true), 1);

    assertThat(join[0]).as("queue records").isLessThanOrEqualTo(1);
    assertThat(join[1]).as("store writes").isEqualTo(1);
    assertThat(join[2]).as("store reads").isLessThanOrEqualTo(1);
    assertThat(join[3]).as("coordination calls").isEqualTo(1);
  }

  @Test
  void anEndIsOneWrite() {
    Bill one = run(chain(1), true);
    int[] start = run(chain(1), false).total();

    // Without the start, the step, and the read of whoever waits for the result.
    assertThat(one.records - start[0]).as("queue records").isZero();
    assertThat(one.writes - start[1] - 1).as("store writes").isEqualTo(1);
    assertThat(one.reads - start[2] - 1).as("store reads").isZero();
    assertThat(one.coordination - start[3] - 1).as("coordination calls").isLessThanOrEqualTo(1);
  }
}
