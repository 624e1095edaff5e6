package io.flowcraft.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import io.flowcraft.flow.Flow;
import io.flowcraft.memory.InMemoryContextStore;
import io.flowcraft.memory.InMemoryCoordinationStore;
import io.flowcraft.node.NodeResult;
import io.flowcraft.run.Resume;
import io.flowcraft.run.RunHandle;
import io.flowcraft.run.RunOptions;
import io.flowcraft.run.RunStatus;
import io.flowcraft.spi.ContextStore;
import io.flowcraft.spi.ContextStoreProvider;
import io.flowcraft.spi.CoordinationStore;
import io.flowcraft.spi.CoordinationStoreProvider;
import io.flowcraft.spi.ProviderContext;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Clients of servers answer on a few threads of their own. If the engine waits on one of them for
 * another answer, nobody is ever answered again; here each store has one such thread.
 */
@Timeout(60)
class StoreThreadsTest {

  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final Upkeep QUICK =
      new Upkeep(
          Duration.ofMillis(20),
          Duration.ofMillis(100),
          Duration.ofSeconds(2),
          Duration.ofMillis(300),
          Duration.ofMillis(300));

  private final ExecutorService coordinationThread = Executors.newSingleThreadExecutor();
  private final ExecutorService storeThread = Executors.newSingleThreadExecutor();
  private final FlowRuntime runtime =
      FlowRuntime.builder()
          .upkeep(QUICK)
          .contextStore(new Store())
          .coordinationStore(new Coordination())
          .build();

  @AfterEach
  void close() {
    runtime.close();
    coordinationThread.shutdownNow();
    storeThread.shutdownNow();
  }

  private final class Coordination implements CoordinationStoreProvider {
    @Override
    public String name() {
      return "one-thread";
    }

    @Override
    public CoordinationStore create(ProviderContext context) {
      return answering(
          CoordinationStore.class,
          new InMemoryCoordinationStore(context.time()),
          stage -> stage.thenApplyAsync(answer -> answer, coordinationThread));
    }
  }

  private final class Store implements ContextStoreProvider {
    @Override
    public String name() {
      return "one-thread";
    }

    @Override
    public ContextStore create(ProviderContext context) {
      return answering(
          ContextStore.class,
          new InMemoryContextStore(),
          stage -> stage.thenApplyAsync(answer -> answer, storeThread));
    }
  }

  private static <T> T answering(Class<T> type, T store, UnaryOperator<CompletionStage<?>> later) {
    return type.cast(
        Proxy.newProxyInstance(
            type.getClassLoader(),
            new Class<?>[] {type},
            (proxy, method, arguments) -> {
              Object answer = method.invoke(store, arguments);
              return answer instanceof CompletionStage<?> stage ? later.apply(stage) : answer;
            }));
  }

  private static Flow questions() {
    return Flow.named("questions")
        .node("start", c -> NodeResult.output(1))
        .wait("first")
        .wait("second")
        .node("end", c -> NodeResult.output(c.input()))
        .edge("start", "first")
        .edge("start", "second")
        .edge("first", "end")
        .edge("second", "end")
        .build();
  }

  @Test
  void oneOfSeveralQuestionsIsAnswered() {
    RunHandle run = runtime.start(questions(), Map.of(), RunOptions.runId("r"));
    assertThat(run.await(PATIENCE).status()).isEqualTo(RunStatus.AWAITING);

    assertThat(runtime.resume("r", "first", Resume.with("a")).await(PATIENCE).awaiting())
        .containsExactly("second");
    assertThat(runtime.resume("r", "second", Resume.with("b")).await(PATIENCE).status())
        .isEqualTo(RunStatus.COMPLETED);
  }

  @Test
  void aChildWakesItsParentBesideAnotherQuestion() {
    Flow child =
        Flow.named("child")
            .wait("ask")
            .node("out", c -> NodeResult.output(c.input()))
            .edge("ask", "out")
            .build();
    Flow parent =
        Flow.named("parent")
            .subflow("sub", child)
            .wait("beside")
            .node("end", c -> NodeResult.none())
            .edge("sub", "end")
            .edge("beside", "end")
            .build();
    RunHandle run = runtime.start(parent, Map.of(), RunOptions.runId("r"));
    assertThat(run.await(PATIENCE).awaiting()).containsExactlyInAnyOrder("sub", "beside");

    assertThat(runtime.resume("r", "sub", Resume.with("a")).await(PATIENCE).awaiting())
        .containsExactly("beside");
    assertThat(runtime.resume("r", "beside", Resume.with("b")).await(PATIENCE).status())
        .isEqualTo(RunStatus.COMPLETED);
  }

  @Test
  void timersGoOffBesideABatch() {
    Flow flow =
        Flow.named("timers")
            .node("rows", c -> NodeResult.output(List.of(1, 2, 3)))
            .batch("each", c -> NodeResult.output(c.input()), batch -> batch.chunkSize(1))
            .sleep("nap", Duration.ofMillis(50))
            .sleep("doze", Duration.ofMillis(60))
            .node("end", c -> NodeResult.none())
            .edge("rows", "each")
            .edge("rows", "nap")
            .edge("rows", "doze")
            .edge("each", "end")
            .edge("nap", "end")
            .edge("doze", "end")
            .build();

    assertThat(runtime.start(flow, Map.of()).await(PATIENCE).status())
        .isEqualTo(RunStatus.COMPLETED);
  }

  @Test
  void aRunThatWaitsIsCancelled() {
    RunHandle run = runtime.start(questions(), Map.of(), RunOptions.runId("r"));
    run.await(PATIENCE);

    assertThat(runtime.cancel("r", "enough").await(PATIENCE).status())
        .isEqualTo(RunStatus.CANCELLED);
  }
}
