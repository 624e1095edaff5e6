package io.flowcraft.runtime;

import static io.flowcraft.runtime.Codes.assertCode;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.flowcraft.error.ErrorCode;
import io.flowcraft.flow.Flow;
import io.flowcraft.memory.InMemoryContextStore;
import io.flowcraft.memory.InMemoryCoordinationStore;
import io.flowcraft.memory.InMemoryJobQueue;
import io.flowcraft.node.NodeResult;
import io.flowcraft.run.Resume;
import io.flowcraft.run.RunOptions;
import io.flowcraft.spi.ContextStore;
import io.flowcraft.spi.ContextStoreProvider;
import io.flowcraft.spi.CoordinationStore;
import io.flowcraft.spi.CoordinationStoreProvider;
import io.flowcraft.spi.JobQueue;
import io.flowcraft.spi.JobQueueProvider;
import io.flowcraft.spi.ProviderContext;
import io.flowcraft.spi.RunQuery;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How a runtime is opened and closed. */
class RuntimeBuilderTest {

  private final List<String> log = new ArrayList<>();

  /** Opens a backend, or fails to, and writes down what happens to it. */
  private <T> T open(String name, Class<T> type, Supplier<T> backend, String broken) {
    if (name.equals(broken)) {
      throw new IllegalStateException(name + " is down");
    }
    log.add("open " + name);
    T real = backend.get();
    InvocationHandler handler =
        (proxy, method, arguments) -> {
          if (method.getName().equals("close")) {
            log.add("close " + name);
          }
          if (method.getName().equals(broken)) {
            throw new IllegalStateException(broken + " failed");
          }
          try {
            return method.invoke(real, arguments);
          } catch (InvocationTargetException e) {
            throw e.getCause();
          }
        };
    return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, handler));
  }

  private record Queues(RuntimeBuilderTest test, String broken) implements JobQueueProvider {
    @Override
    public String name() {
      return "test";
    }

    @Override
    public JobQueue create(ProviderContext context) {
      return test.open(
          "queue", JobQueue.class, () -> new InMemoryJobQueue(context.executor()), broken);
    }
  }

  private record States(RuntimeBuilderTest test, String broken) implements ContextStoreProvider {
    @Override
    public String name() {
      return "test";
    }

    @Override
    public ContextStore create(ProviderContext context) {
      return test.open("state", ContextStore.class, InMemoryContextStore::new, broken);
    }
  }

  private record Coordinations(RuntimeBuilderTest test, String broken)
      implements CoordinationStoreProvider {
    @Override
    public String name() {
      return "test";
    }

    @Override
    public CoordinationStore create(ProviderContext context) {
      return test.open(
          "coordination",
          CoordinationStore.class,
          () -> new InMemoryCoordinationStore(context.time()),
          broken);
    }
  }

  private RuntimeBuilder builder(String broken) {
    return FlowRuntime.builder()
        .jobQueue(new Queues(this, broken))
        .contextStore(new States(this, broken))
        .coordinationStore(new Coordinations(this, broken));
  }

  private static Flow flow() {
    return Flow.named("flow").node("a", c -> NodeResult.output(1)).build();
  }

  @Test
  void withoutAnythingTheEmbeddedBackendsAreUsed() {
    try (FlowRuntime runtime = FlowRuntime.builder().build()) {
      assertThat(runtime.run(flow(), Map.of()).outputs()).containsEntry("a", 1);
    }
  }

  @Test
  void aProviderThatIsHandedInWins() {
    try (FlowRuntime runtime =
        builder("")
            .properties(Map.of("flowcraft.queue", "kafka", "flowcraft.state", "cassandra"))
            .build()) {
      assertThat(runtime.run(flow(), Map.of()).outputs()).containsEntry("a", 1);
    }
    assertThat(log).contains("open queue", "open state", "open coordination");
  }

  @Test
  void allProblemsAreToldAtOnceAndNothingIsOpened() {
    assertThat(
            assertCode(
                    ErrorCode.CONFIG_INVALID,
                    () ->
                        FlowRuntime.builder()
                            .contextStore(new States(this, ""))
                            .properties(
                                Map.of(
                                    "flowcraft.queue", "kafka",
                                    "flowcraft.coordination", "redis",
                                    "flowcraft.worker.threads", "many"))
                            .maxLocalSteps(-1)
                            .build())
                .getMessage())
        .contains("4 problems")
        .contains("[FC-1201]", "\"kafka\"", "flowcraft-queue-kafka", "flowcraft.queue")
        .contains("\"redis\"", "flowcraft-coord-redis", "flowcraft.coordination")
        .contains("[FC-1301]", "flowcraft.worker.threads is \"many\"", "from 1 to 10000")
        .contains("maxLocalSteps is -1", "0 or more");
    assertThat(log).isEmpty();
  }

  @Test
  void aSingleProblemKeepsItsCode() {
    assertThat(
            assertCode(
                    ErrorCode.PROVIDER_MISSING,
                    () ->
                        FlowRuntime.builder()
                            .properties(Map.of("flowcraft.state", "cassandra"))
                            .build())
                .getMessage())
        .contains("ContextStore", "\"cassandra\"", "[memory]", "flowcraft-state-cassandra");
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "-1", "10001", "1.5", "", "many"})
  void aPoolHasAReasonableSize(String size) {
    assertThat(
            assertCode(
                    ErrorCode.CONFIG_INVALID,
                    () ->
                        FlowRuntime.builder()
                            .properties(Map.of("flowcraft.worker.threads", size))
                            .build())
                .getMessage())
        .contains("flowcraft.worker.threads", "\"" + size + "\"", "from 1 to 10000");
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "x"})
  void theNumberOfRunsToKeepIsReasonable(String number) {
    assertThat(
            assertCode(
                    ErrorCode.CONFIG_INVALID,
                    () ->
                        FlowRuntime.builder()
                            .properties(Map.of("flowcraft.memory.retained-runs", number))
                            .build())
                .getMessage())
        .contains("flowcraft.memory.retained-runs", "\"" + number + "\"", "at least 1");
  }

  @ParameterizedTest
  @ValueSource(strings = {"state", "coordination", "queue", "consume"})
  void whatWasOpenedBeforeAFailureIsClosedInReverse(String broken) {
    assertThatThrownBy(() -> builder(broken).build()).hasMessageStartingWith(broken);

    List<String> opened = log.stream().filter(line -> line.startsWith("open ")).toList();
    List<String> closed = log.stream().filter(line -> line.startsWith("close ")).toList();
    List<String> expected = new ArrayList<>();
    opened.forEach(line -> expected.add(0, line.replace("open", "close")));
    assertThat(closed).isEqualTo(expected);
    assertThat(opened)
        .hasSize(List.of("state", "coordination", "queue", "consume").indexOf(broken));
  }

  @Test
  void everythingIsClosedOnceInReverse() {
    FlowRuntime runtime = builder("").build();
    log.clear();

    runtime.close();
    assertThat(log).containsExactly("close queue", "close coordination", "close state");
    assertThatCode(runtime::close).doesNotThrowAnyException();
    assertThat(log).hasSize(3);
  }

  @Test
  void whatCanNotBeClosedDoesNotKeepTheOthersOpen() {
    FlowRuntime runtime = builder("close").build();
    log.clear();

    assertThatCode(runtime::close).doesNotThrowAnyException();
    assertThat(log).containsExactly("close queue", "close coordination", "close state");
  }

  @Test
  void aClosedRuntimeSaysSo() {
    FlowRuntime runtime = builder("").flow(flow()).build();
    runtime.close();

    List<Runnable> uses =
        List.of(
            () -> runtime.run(flow(), Map.of()),
            () -> runtime.run("flow", Map.of(), RunOptions.DEFAULT),
            () -> runtime.start(flow(), Map.of()),
            () -> runtime.start("flow", Map.of(), RunOptions.DEFAULT),
            () -> runtime.handle("r"),
            () -> runtime.resume("r", null, Resume.empty()),
            () -> runtime.cancel("r", "why"),
            () -> runtime.retry("r"),
            () -> runtime.skipNode("r", "a"),
            () -> runtime.completeNode("r", "a", NodeResult.none()),
            () -> runtime.explain("r"),
            () -> runtime.history("r"),
            () -> runtime.list(new RunQuery(Set.of(), null, null, 10)),
            () -> runtime.delete("r"),
            runtime::startWorker);
    for (Runnable use : uses) {
      assertThat(assertCode(ErrorCode.CLOSED, use).getMessage())
          .contains("The runtime is closed", "Build another one");
    }
  }
}
