package io.flowcraft.testkit.golden;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** The recorded cases of the npm library, run through the public API. */
class GoldenCasesTest {

  private static final Path GOLDEN = Path.of("src/test/resources/golden");
  private static final List<GoldenCheck> CHECKS = GoldenFiles.read(GOLDEN.resolve("visible"));

  @TestFactory
  Stream<DynamicTest> behavesAsRecorded() {
    return CHECKS.stream()
        .filter(check -> !check.isQuirk())
        .map(
            check ->
                DynamicTest.dynamicTest(
                    check.name(), () -> assertThat(check.differences()).isEmpty()));
  }

  /** A change of semantics shows here: the list says which quirks we do not share. */
  @Test
  void deviatesWhereTheListSays() throws IOException {
    TreeSet<String> deviating = new TreeSet<>();
    for (GoldenCheck check : CHECKS) {
      if (check.isQuirk() && !GoldenReport.differences(check).isEmpty()) {
        deviating.add(check.name());
      }
    }

    assertThat(deviating).containsExactlyElementsOf(lines("quirks-deviating.txt"));
  }

  @Test
  void recognisesQuirksThatAreNotMarked() throws IOException {
    List<String> unmarked =
        CHECKS.stream()
            .filter(GoldenCheck::isQuirk)
            .filter(GoldenCasesTest::isUnmarked)
            .map(GoldenCheck::name)
            .sorted()
            .toList();

    assertThat(unmarked).isEqualTo(lines("unmarked-quirks.txt"));
  }

  private static boolean isUnmarked(GoldenCheck check) {
    if (check instanceof CaseCheck one) {
      return one.golden().quirkIds().isEmpty();
    }
    return check instanceof RowCheck one && Tree.texts(one.row().get("quirkIds")).isEmpty();
  }

  private static List<String> lines(String file) throws IOException {
    return Files.readAllLines(GOLDEN.resolve(file)).stream()
        .filter(line -> !line.isBlank() && !line.startsWith("#"))
        .toList();
  }

  @Test
  void findsAllRecordings() throws IOException {
    long files;
    try (Stream<Path> paths = Files.walk(GOLDEN.resolve("visible/cases"))) {
      files = paths.filter(Files::isRegularFile).count();
    }

    assertThat(files).isEqualTo(529);
    assertThat(CHECKS).hasSizeGreaterThan(700);
  }
}
