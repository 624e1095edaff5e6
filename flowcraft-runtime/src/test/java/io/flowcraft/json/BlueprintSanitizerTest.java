package io.flowcraft.json;

import static org.assertj.core.api.Assertions.assertThat;

import io.flowcraft.golden.PureTable;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class BlueprintSanitizerTest {

  @TestFactory
  Stream<DynamicTest> behavesAsRecorded() {
    return PureTable.of("sanitize-blueprint")
        .tests(
            row ->
                assertThat(BlueprintSanitizer.sanitize(row.map("raw")))
                    .isEqualTo(row.get("expected")));
  }

  @Test
  void stripsWhatDrawingToolsAdd() {
    Map<String, Object> raw =
        Map.of(
            "id", "x",
            "viewport", Map.of("zoom", 2),
            "metadata", Map.of("version", "1"),
            "nodes", List.of(Map.of("id", "a", "uses", "u", "position", Map.of("x", 1))),
            "edges", List.of(Map.of("source", "a", "target", "a", "animated", true)));

    assertThat(BlueprintSanitizer.sanitize(raw))
        .isEqualTo(
            Map.of(
                "id", "x",
                "metadata", Map.of("version", "1"),
                "nodes", List.of(Map.of("id", "a", "uses", "u")),
                "edges", List.of(Map.of("source", "a", "target", "a"))));
  }

  @Test
  void whatIsNoNodeBecomesAnEmptyOneForTheReaderToReport() {
    assertThat(BlueprintSanitizer.sanitize(Map.of("nodes", List.of("a"))))
        .containsEntry("nodes", List.of(Map.of()));
  }
}
