package io.flowcraft.analysis;

import static org.assertj.core.api.Assertions.assertThat;

import io.flowcraft.blueprint.Blueprint;
import io.flowcraft.blueprint.EdgeDefinition;
import io.flowcraft.blueprint.NodeDefinition;
import io.flowcraft.golden.PureTable;
import io.flowcraft.golden.PureTable.Row;
import io.flowcraft.json.BlueprintJson;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class MermaidTest {

  @TestFactory
  Stream<DynamicTest> drawsAsRecordedButEscaped() {
    return PureTable.of("generate-mermaid")
        .tests(
            row -> {
              String diagram = Mermaid.of(BlueprintJson.read(row.map("blueprint")));

              assertThat(unescaped(diagram)).isEqualTo(expected(row));
            });
  }

  @TestFactory
  Stream<DynamicTest> drawsRunsAsRecordedButEscaped() {
    return PureTable.of("generate-mermaid-for-run")
        .tests(
            row -> {
              Blueprint blueprint = BlueprintJson.read(row.map("blueprint"));
              RunTrace trace = trace(blueprint, (List<?>) row.get("events"));

              assertThat(unescaped(Mermaid.ofRun(blueprint, trace))).isEqualTo(expected(row));
            });
  }

  /** Q40: quotes end a label, so that every label with parameters is escaped, recorded or not. */
  private static String unescaped(String diagram) {
    return diagram
        .replace("#quot;", "\"")
        .replace("#lt;", "<")
        .replace("#92;", "\\")
        .replace("#35;", "#");
  }

  private static Object expected(Row row) {
    if (row.name().equals("odd-ids")) {
      // Q40: ids that Mermaid can't read get aliases.
      return """
      flowchart TD
          node1["a b"]
          c-d["c-d"]
          node2["e"f"]
          größe["größe"]
          node1 --> c-d
      """;
    }
    return row.get("expected");
  }

  private static RunTrace trace(Blueprint blueprint, List<?> events) {
    Set<String> completed = new HashSet<>();
    Set<String> failed = new HashSet<>();
    Set<EdgeDefinition> taken = new HashSet<>();
    for (Object event : events) {
      Map<?, ?> payload = (Map<?, ?>) ((Map<?, ?>) event).get("payload");
      switch ((String) ((Map<?, ?>) event).get("type")) {
        case "node:finish" -> completed.add((String) payload.get("nodeId"));
        case "node:error" -> failed.add((String) payload.get("nodeId"));
        case "edge:evaluate" -> {
          if (Boolean.TRUE.equals(payload.get("result"))) {
            blueprint.edges().stream()
                .filter(edge -> edge.source().equals(payload.get("source")))
                .filter(edge -> edge.target().equals(payload.get("target")))
                .forEach(taken::add);
          }
        }
        default -> {
          // Says nothing about nodes and edges.
        }
      }
    }
    return new RunTrace(completed, failed, taken);
  }

  @Test
  void whateverTheTextsContainTheDiagramIsWellFormed() {
    NodeDefinition node =
        new NodeDefinition("end", "noop", Map.of("text", "say \"hi\"\n<b>#1</b>"));
    NodeDefinition other = NodeDefinition.of("a\nb\"]", "noop");
    EdgeDefinition edge = EdgeDefinition.of("end", "a\nb\"]").when("x == \"<y>\"").on("#quot;");

    assertThat(Mermaid.of(new Blueprint("x", List.of(node, other), List.of(edge))))
        .isEqualTo(
            """
            flowchart TD
                node1["end<br/>params: {#quot;text#quot;:#quot;say #92;#quot;hi#92;#quot;\
            #92;n#lt;b>#35;1#lt;/b>#quot;}"]
                node2["a b#quot;]"]
                node1 -- "#35;quot; | x == #quot;#lt;y>#quot;" --> node2
            """);
  }

  @Test
  void anAliasIsNobodysId() {
    List<NodeDefinition> nodes =
        Stream.of("a b", "node1", "c d").map(id -> NodeDefinition.of(id, "noop")).toList();

    assertThat(Mermaid.of(new Blueprint("x", nodes, List.of())))
        .contains("node2[\"a b\"]", "node1[\"node1\"]", "node3[\"c d\"]");
  }

  @Test
  void freeEdgesBetweenNodesThatRanAreTakenByImplication() {
    Blueprint blueprint =
        BlueprintJson.read(
            """
            {"id":"x","nodes":[{"id":"a","uses":"u"},{"id":"b","uses":"u"},{"id":"c","uses":"u"},
            {"id":"d","uses":"u"}],"edges":[{"source":"a","target":"b"},{"source":"a","target":"c"},
            {"source":"b","target":"d"},{"source":"a","target":"d","action":"go"}]}""");
    RunTrace trace = new RunTrace(Set.of("a", "b"), Set.of("d"), Set.of());

    assertThat(trace.withImpliedEdges(blueprint).taken())
        .containsExactlyInAnyOrder(EdgeDefinition.of("a", "b"), EdgeDefinition.of("b", "d"));
    assertThat(Mermaid.ofRun(blueprint, trace.withImpliedEdges(blueprint)))
        .contains("linkStyle 0 ", "linkStyle 2 ", "style d fill:#f8d7da")
        .doesNotContain("linkStyle 1 ", "linkStyle 3 ");
  }
}
