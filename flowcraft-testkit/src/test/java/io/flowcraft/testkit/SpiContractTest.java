package io.flowcraft.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The written contract and the kits say the same. */
class SpiContractTest {

  private static final Path CONTRACT =
      Path.of(System.getProperty("basedir", ".")).resolve("../docs/spi-contract.md");

  /** A row of a table: number, how binding, the rule, how it is checked. */
  private static final Pattern ROW =
      Pattern.compile("\\| ([QSC]-\\d+) \\| (MUST|SHOULD|MAY) \\| (.+) \\| (.+) \\|");

  private record Row(String number, String text, String check) {}

  private static List<Row> rows() throws IOException {
    return Files.readAllLines(CONTRACT).stream()
        .map(ROW::matcher)
        .filter(Matcher::matches)
        .map(row -> new Row(row.group(1), row.group(3), row.group(4)))
        .toList();
  }

  @Test
  void everyTestableRuleHasATestAndEveryTestHasARule() throws IOException {
    Set<String> written =
        rows().stream()
            .filter(row -> row.check().startsWith("kit"))
            .map(Row::number)
            .collect(Collectors.toCollection(TreeSet::new));

    assertThat(TestedRules.numbers())
        .as("the rules that the kits test, and those that the contract calls tested")
        .isEqualTo(written)
        .hasSizeGreaterThan(90);
  }

  @Test
  void aRuleWithoutTestHasAReason() throws IOException {
    List<Row> untested = rows().stream().filter(row -> !row.check().startsWith("kit")).toList();

    assertThat(untested).isNotEmpty().allMatch(row -> row.check().startsWith("not tested: "));
  }

  @Test
  void numbersAreGivenOnceAndInOrder() throws IOException {
    for (String letter : List.of("Q", "S", "C")) {
      List<String> numbers =
          rows().stream().map(Row::number).filter(number -> number.startsWith(letter)).toList();

      assertThat(numbers)
          .containsExactlyElementsOf(
              IntStream.rangeClosed(1, numbers.size()).mapToObj(i -> letter + "-" + i).toList());
    }
  }
}
