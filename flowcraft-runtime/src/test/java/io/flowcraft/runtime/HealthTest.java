package io.flowcraft.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import io.flowcraft.memory.InMemoryCoordinationStore;
import io.flowcraft.spi.CoordinationStore;
import io.flowcraft.spi.CoordinationStoreProvider;
import io.flowcraft.spi.ProviderContext;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** Health names the backend that does not answer, and why. */
class HealthTest {

  private static final Duration PATIENCE = Duration.ofMillis(200);

  private CompletableFuture<?> answer = CompletableFuture.completedFuture(null);

  private final class Moody implements CoordinationStoreProvider {
    @Override
    public String name() {
      return "moody";
    }

    @Override
    public CoordinationStore create(ProviderContext context) {
      CoordinationStore good = new InMemoryCoordinationStore(context.time());
      return (CoordinationStore)
          Proxy.newProxyInstance(
              CoordinationStore.class.getClassLoader(),
              new Class<?>[] {CoordinationStore.class},
              (proxy, method, arguments) ->
                  method.getName().equals("get") ? answer : method.invoke(good, arguments));
    }
  }

  private FlowRuntime runtime() {
    return FlowRuntime.builder().coordinationStore(new Moody()).build();
  }

  @Test
  void allBackendsAnswer() {
    try (FlowRuntime runtime = runtime()) {
      assertThat(runtime.health(PATIENCE).isUp()).isTrue();
      assertThat(runtime.health(PATIENCE))
          .hasToString("state (memory) is up; coordination (moody) is up; queue (memory) is up");
    }
  }

  @Test
  void whoFailsIsNamed() {
    try (FlowRuntime runtime = runtime()) {
      answer = CompletableFuture.failedFuture(new IllegalStateException("no route"));

      Health health = runtime.health(PATIENCE);

      assertThat(health.isUp()).isFalse();
      assertThat(health.toString()).contains("coordination (moody) is down: no route");
      assertThat(health.dependencies()).filteredOn(Health.Dependency::isUp).hasSize(2);
    }
  }

  @Test
  void whoDoesNotAnswerIsNamed() {
    try (FlowRuntime runtime = runtime()) {
      answer = new CompletableFuture<>();

      assertThat(runtime.health(PATIENCE).toString())
          .contains("coordination (moody) is down: no answer within 200 ms");
    }
  }
}
