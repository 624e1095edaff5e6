package io.flowcraft.testkit.golden;

import static org.assertj.core.api.Assertions.assertThat;

import io.flowcraft.testkit.simulation.Simulation;
import io.flowcraft.testkit.simulation.SimulationReport;
import io.flowcraft.testkit.simulation.Workload;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** The recorded cases come to the same end in several processes, whatever happens to them. */
class GoldenWorkloadsTest {

  private static final Path FOLDER = Path.of("src", "test", "resources", "golden");

  private static final GoldenWorkloads GOLDEN = GoldenWorkloads.read(FOLDER.resolve("visible"));

  /** So many histories of each case each build looks at. */
  private static final long HISTORIES = Long.getLong("flowcraft.simulation.golden", 8);

  @TestFactory
  Stream<DynamicTest> comeToTheSameEnd() {
    long first =
        Long.getLong("flowcraft.simulation.from", new SecureRandom().nextInt(Integer.MAX_VALUE));
    return GOLDEN.workloads().stream()
        .map(
            workload ->
                DynamicTest.dynamicTest(
                    workload + ", " + HISTORIES + " seeds from " + first,
                    () -> holds(workload, first)));
  }

  private static void holds(Workload workload, long first) {
    SimulationReport report = Simulation.builder().workload(workload).seeds(first, HISTORIES).run();

    assertThat(report.violations()).isEmpty();
    assertThat(report.histories()).isEqualTo(HISTORIES);
  }

  /** What is not compared is listed by name, so that nothing gets lost without a word. */
  @Test
  void leavesOutNothingButWhatTheListsSay() throws IOException {
    assertThat(new TreeMap<>(GOLDEN.leftOut()).entrySet().stream().map(Object::toString).toList())
        .isEqualTo(lines("not-simulated.txt"));
    assertThat(GOLDEN.orderDependent().stream().sorted().toList())
        .isEqualTo(lines("order-dependent.txt"));
  }

  private static List<String> lines(String file) throws IOException {
    return Files.readAllLines(FOLDER.resolve(file)).stream()
        .filter(line -> !line.isBlank() && !line.startsWith("#"))
        .toList();
  }
}
