package io.flowcraft.testkit.golden;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** The recorded cases of the npm library, run through the public API. */
class GoldenCasesTest {

  private record Checked(GoldenCheck check, GoldenResult result) {}

  private static final Path GOLDEN = Path.of("src/test/resources/golden");
  private static final List<Checked> ALL = new ArrayList<>();

  @BeforeAll
  static void runAll() {
    for (GoldenCheck check : GoldenFiles.read(GOLDEN.resolve("visible"))) {
      ALL.add(new Checked(check, GoldenReport.result(check)));
    }
  }

  @TestFactory
  Stream<DynamicTest> behavesAsRecorded() {
    return ALL.stream()
        .map(Checked::result)
        .filter(result -> !result.deviationAllowed())
        .map(
            result ->
                DynamicTest.dynamicTest(
                    result.name(), () -> assertThat(result.differences()).isEmpty()));
  }

  /** A change of semantics shows here. */
  @Test
  void deviatesWhereTheListSays() throws IOException {
    Stream<GoldenResult> deviating =
        ALL.stream()
            .map(Checked::result)
            .filter(result -> result.deviationAllowed() && !result.isAsRecorded());

    assertThat(names(deviating)).isEqualTo(lines("quirks-deviating.txt"));
  }

  /** What may deviate although no quirk number says so is listed by name. */
  @Test
  void allowsNoOtherDeviationThanListed() throws IOException {
    Stream<GoldenResult> unmarked =
        ALL.stream()
            .filter(checked -> !checked.check().isMarked())
            .map(Checked::result)
            .filter(GoldenResult::deviationAllowed);

    assertThat(names(unmarked)).isEqualTo(lines("unmarked-quirks.txt"));
  }

  @Test
  void findsAllRecordings() throws IOException {
    long files;
    try (Stream<Path> paths = Files.walk(GOLDEN.resolve("visible/cases"))) {
      files = paths.filter(Files::isRegularFile).count();
    }

    assertThat(files).isEqualTo(529);
    assertThat(ALL).hasSizeGreaterThan(700);
  }

  private static List<String> names(Stream<GoldenResult> results) {
    return results.map(GoldenResult::name).sorted().toList();
  }

  private static List<String> lines(String file) throws IOException {
    return Files.readAllLines(GOLDEN.resolve(file)).stream()
        .filter(line -> !line.isBlank() && !line.startsWith("#"))
        .toList();
  }
}
