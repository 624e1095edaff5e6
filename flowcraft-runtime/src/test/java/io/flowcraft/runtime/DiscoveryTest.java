package io.flowcraft.runtime;

import static io.flowcraft.runtime.Codes.assertCode;
import static org.assertj.core.api.Assertions.assertThat;

import io.flowcraft.error.ErrorCode;
import io.flowcraft.memory.InMemoryJobQueue;
import io.flowcraft.spi.ContextStoreProvider;
import io.flowcraft.spi.CoordinationStoreProvider;
import io.flowcraft.spi.JobQueue;
import io.flowcraft.spi.JobQueueProvider;
import io.flowcraft.spi.ProviderContext;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Which of the providers on the class path counts. */
class DiscoveryTest {

  private static final Discovery<String> QUEUES =
      new Discovery<>(
          "JobQueue", "flowcraft.queue", Map.of("kafka", "io.flowcraft:flowcraft-q"), name -> name);

  private static Arguments row(List<String> found, @Nullable String wanted, String chosen) {
    return Arguments.of(found, wanted, chosen);
  }

  static Stream<Arguments> choices() {
    return Stream.of(
        row(List.of("memory"), null, "memory"),
        row(List.of("kafka"), null, "kafka"),
        row(List.of("memory", "kafka"), null, "kafka"),
        row(List.of("kafka", "memory"), null, "kafka"),
        row(List.of("memory", "kafka"), "memory", "memory"),
        row(List.of("memory", "kafka"), "kafka", "kafka"),
        row(List.of("memory", "kafka", "other"), "other", "other"),
        row(List.of("kafka", "other"), "kafka", "kafka"));
  }

  @ParameterizedTest(name = "{0}, {1} asked for: {2}")
  @MethodSource("choices")
  void oneCounts(List<String> found, @Nullable String wanted, String chosen) {
    assertThat(QUEUES.choose(found, wanted)).isEqualTo(chosen);
  }

  static Stream<Arguments> refusals() {
    return Stream.of(
        Arguments.of(
            List.of("memory", "kafka", "other"),
            null,
            ErrorCode.PROVIDER_AMBIGUOUS,
            List.of("JobQueue", "kafka", "other", "Set flowcraft.queue")),
        Arguments.of(
            List.of("kafka", "kafka"),
            null,
            ErrorCode.PROVIDER_DUPLICATE,
            List.of("JobQueue", "\"kafka\"", "java.lang.String", "Remove one")),
        Arguments.of(
            List.of("kafka", "kafka", "memory"),
            "memory",
            ErrorCode.PROVIDER_DUPLICATE,
            List.of("\"kafka\"")),
        Arguments.of(
            List.of("memory"),
            "kafka",
            ErrorCode.PROVIDER_MISSING,
            List.of("\"kafka\"", "[memory]", "Add io.flowcraft:flowcraft-q", "flowcraft.queue")),
        Arguments.of(
            List.of("memory", "kafka"),
            "rabbit",
            ErrorCode.PROVIDER_MISSING,
            List.of("\"rabbit\"", "[kafka, memory]", "Add the artifact")),
        Arguments.of(
            List.of("memory"), "", ErrorCode.PROVIDER_MISSING, List.of("\"\"", "[memory]")),
        Arguments.of(
            List.of(), null, ErrorCode.PROVIDER_MISSING, List.of("not even", "META-INF/services")),
        Arguments.of(
            List.of(), "kafka", ErrorCode.PROVIDER_MISSING, List.of("\"kafka\"", "(found: [])")));
  }

  @ParameterizedTest(name = "{0}, {1} asked for: {2}")
  @MethodSource("refusals")
  void orNone(
      List<String> found, @Nullable String wanted, ErrorCode code, List<String> partsOfMessage) {
    assertThat(assertCode(code, () -> QUEUES.choose(found, wanted)).getMessage())
        .startsWith("[" + code.code() + "]")
        .contains(partsOfMessage);
  }

  @Test
  void theClassPathHasTheEmbeddedOnes() {
    assertThat(Discovery.onClassPath(JobQueueProvider.class))
        .extracting(JobQueueProvider::name)
        .containsExactly("memory");
    assertThat(Discovery.onClassPath(ContextStoreProvider.class))
        .extracting(ContextStoreProvider::name)
        .containsExactly("memory");
    assertThat(Discovery.onClassPath(CoordinationStoreProvider.class))
        .extracting(CoordinationStoreProvider::name)
        .containsExactly("memory");
  }

  /** What an artifact on the class path brings. */
  public static final class OtherQueueProvider implements JobQueueProvider {

    /** For the service loader. */
    public OtherQueueProvider() {}

    @Override
    public String name() {
      return "other";
    }

    @Override
    public JobQueue create(ProviderContext context) {
      return new InMemoryJobQueue(context.executor());
    }
  }

  private static List<String> foundWith(Path directory, String provider) throws IOException {
    Path services = Files.createDirectories(directory.resolve("META-INF/services"));
    Files.writeString(services.resolve(JobQueueProvider.class.getName()), provider);
    ClassLoader own = DiscoveryTest.class.getClassLoader();
    try (URLClassLoader loader = new URLClassLoader(new URL[] {directory.toUri().toURL()}, own)) {
      return Discovery.onClassPath(JobQueueProvider.class, loader).stream()
          .map(JobQueueProvider::name)
          .toList();
    }
  }

  @Test
  void anArtifactThatIsAddedIsFound(@TempDir Path directory) throws IOException {
    List<String> found = foundWith(directory, OtherQueueProvider.class.getName());

    assertThat(found).containsExactlyInAnyOrder("memory", "other");
    assertThat(QUEUES.choose(found, null)).isEqualTo("other");
  }

  @Test
  void anArtifactThatIsBrokenIsNamed(@TempDir Path directory) {
    assertThat(
            assertCode(
                    ErrorCode.CONFIG_INVALID,
                    () -> {
                      try {
                        foundWith(directory, "no.such.Provider");
                      } catch (IOException e) {
                        throw new UncheckedIOException(e);
                      }
                    })
                .getMessage())
        .contains("JobQueueProvider", "no.such.Provider", "Check the artifact");
  }
}
