package io.flowcraft.testkit.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestReporter;

/** The engine keeps its promises whatever happens, in histories that nobody has seen before. */
class FreshHistoriesTest {

  private static final Path FAILED =
      Path.of("src", "test", "resources", "simulation", "failed-seeds.txt");

  /** So many fresh histories each build looks at. */
  private static final long HISTORIES = Long.getLong("flowcraft.simulation.histories", 20_000);

  @TestFactory
  Stream<DynamicTest> freshHistories(TestReporter reporter) {
    List<Workload> workloads = Workloads.all();
    long each = (HISTORIES + workloads.size() - 1) / workloads.size();
    long first =
        Long.getLong("flowcraft.simulation.from", new SecureRandom().nextInt(Integer.MAX_VALUE));
    reporter.publishEntry("first seed", Long.toString(first));
    // For the log of the build, also of one in which all is well.
    System.out.println(
        "Simulating " + each + " histories of each workload, first seed " + first + ".");
    return workloads.stream()
        .map(
            workload ->
                DynamicTest.dynamicTest(
                    workload + ", " + each + " seeds from " + first,
                    () -> holds(workload, first, each)));
  }

  @TestFactory
  Stream<DynamicTest> historiesThatFailedOnce() throws IOException {
    return Files.readAllLines(FAILED, StandardCharsets.UTF_8).stream()
        .filter(line -> !line.startsWith("#") && !line.isBlank())
        .map(
            line ->
                DynamicTest.dynamicTest(
                    line,
                    () -> {
                      String[] words = line.split(" ", -1);
                      holds(Workloads.named(words[0]), Long.parseLong(words[1]), 1);
                    }));
  }

  private static void holds(Workload workload, long first, long count) {
    SimulationReport report = Simulation.builder().workload(workload).seeds(first, count).run();

    assertThat(report.violations()).isEmpty();
    assertThat(report.histories()).isEqualTo(count);
  }
}
