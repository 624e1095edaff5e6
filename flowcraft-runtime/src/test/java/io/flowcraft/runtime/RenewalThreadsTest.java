package io.flowcraft.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import io.flowcraft.flow.Flow;
import io.flowcraft.memory.InMemoryContextStore;
import io.flowcraft.memory.InMemoryCoordinationStore;
import io.flowcraft.node.NodeResult;
import io.flowcraft.run.RunHandle;
import io.flowcraft.run.RunOptions;
import io.flowcraft.run.RunStatus;
import io.flowcraft.spi.ContextStore;
import io.flowcraft.spi.ContextStoreProvider;
import io.flowcraft.spi.CoordinationStore;
import io.flowcraft.spi.CoordinationStoreProvider;
import io.flowcraft.spi.ProviderContext;
import io.flowcraft.spi.TimeSource;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** A thread of the pool may wait for a renewal, even if there is no other thread in the pool. */
class RenewalThreadsTest {

  private static final Upkeep QUICK =
      new Upkeep(
          Duration.ofMillis(10),
          Duration.ofMillis(10),
          Duration.ofSeconds(5),
          Duration.ofMillis(50),
          Duration.ofMillis(50));

  private final Forgetful coordination = new Forgetful();
  private final CountDownLatch fenced = new CountDownLatch(1);

  /** Loses everything when it is told to. */
  private static final class Forgetful implements CoordinationStoreProvider {
    private final AtomicReference<CoordinationStore> known = new AtomicReference<>();
    private final AtomicReference<TimeSource> time = new AtomicReference<>();

    @Override
    public String name() {
      return "forgetful";
    }

    @Override
    public CoordinationStore create(ProviderContext context) {
      time.set(context.time());
      forget();
      return (CoordinationStore)
          Proxy.newProxyInstance(
              CoordinationStore.class.getClassLoader(),
              new Class<?>[] {CoordinationStore.class},
              (proxy, method, arguments) -> method.invoke(known.get(), arguments));
    }

    void forget() {
      known.set(new InMemoryCoordinationStore(time.get()));
    }
  }

  /** Answers a fence on a thread of its own, as a server does. */
  private final class Answering implements ContextStoreProvider {
    private final ContextStore store = new InMemoryContextStore();

    @Override
    public String name() {
      return "answering";
    }

    @Override
    public ContextStore create(ProviderContext context) {
      return (ContextStore)
          Proxy.newProxyInstance(
              ContextStore.class.getClassLoader(),
              new Class<?>[] {ContextStore.class},
              (proxy, method, arguments) -> {
                Object answer = method.invoke(store, arguments);
                if (!method.getName().equals("fence")) {
                  return answer;
                }
                fenced.countDown();
                return ((CompletableFuture<?>) answer)
                    .thenApplyAsync(
                        slice -> slice,
                        CompletableFuture.delayedExecutor(50, TimeUnit.MILLISECONDS));
              });
    }
  }

  @Test
  void aPoolOfOneRenewsARunThatCoordinationHasForgotten() throws InterruptedException {
    CompletableFuture<NodeResult> answer = new CompletableFuture<>();
    Flow flow =
        Flow.named("slow")
            .nodeAsync("ask", node -> answer)
            .node("end", node -> NodeResult.output(node.input()))
            .edge("ask", "end")
            .build();
    try (FlowRuntime runtime =
        FlowRuntime.builder()
            .properties(Map.of(WorkerThreads.PROPERTY, "1"))
            .upkeep(QUICK)
            .contextStore(new Answering())
            .coordinationStore(coordination)
            .build()) {
      RunHandle run = runtime.start(flow, Map.of(), RunOptions.runId("r"));
      coordination.forget();
      assertThat(fenced.await(20, TimeUnit.SECONDS)).isTrue();

      answer.complete(NodeResult.output(1));

      assertThat(run.await(Duration.ofSeconds(20)).status()).isEqualTo(RunStatus.COMPLETED);
    }
  }
}
