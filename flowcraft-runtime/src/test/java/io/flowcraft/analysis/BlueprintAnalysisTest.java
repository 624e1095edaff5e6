package io.flowcraft.analysis;

import static org.assertj.core.api.Assertions.assertThat;

import io.flowcraft.blueprint.Blueprint;
import io.flowcraft.blueprint.EdgeDefinition;
import io.flowcraft.blueprint.NodeDefinition;
import io.flowcraft.golden.PureTable;
import io.flowcraft.golden.PureTable.Row;
import io.flowcraft.json.BlueprintJson;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class BlueprintAnalysisTest {

  @TestFactory
  Stream<DynamicTest> behavesAsRecordedButListsEachCycleOnce() {
    return PureTable.of("analyze-blueprint")
        .tests(
            row -> {
              BlueprintAnalysis analysis =
                  BlueprintAnalysis.of(BlueprintJson.read(row.map("blueprint")));
              if (row.has("thrown")) {
                // No edges at all is no reason to fail.
                assertThat(analysis.edgeCount()).isZero();
                return;
              }
              Row expected = new Row(row.map("expected"));

              assertThat(analysis.cycles()).isEqualTo(distinctCycles(row, expected));
              assertThat(analysis.startNodeIds()).isEqualTo(expected.get("startNodeIds"));
              assertThat(analysis.terminalNodeIds()).isEqualTo(expected.get("terminalNodeIds"));
              assertThat(analysis.nodeCount()).isEqualTo(expected.get("nodeCount"));
              assertThat(analysis.edgeCount()).isEqualTo(expected.get("edgeCount"));
              assertThat(analysis.isDag()).isEqualTo(expected.get("isDag"));
            });
  }

  /** Q38: the original lists some cycles again; the first mentions are in our order. */
  private static List<Object> distinctCycles(Row row, Row expected) {
    List<?> recorded = (List<?>) expected.get("cycles");
    List<Object> distinct = new ArrayList<>(new LinkedHashSet<>(recorded));
    assertThat(distinct.size() < recorded.size()).isEqualTo(row.shows("Q38"));
    return distinct;
  }

  @Test
  void aVeryLongChainIsNoProblem() {
    Blueprint chain = chain(100_000);

    BlueprintAnalysis analysis = BlueprintAnalysis.of(chain);

    assertThat(analysis.isDag()).isTrue();
    assertThat(analysis.startNodeIds()).containsExactly("n0");
    assertThat(analysis.terminalNodeIds()).containsExactly("n99999");
  }

  @Test
  void manyLongCyclesAreNotAllListed() {
    Blueprint chain = chain(20_000);
    List<EdgeDefinition> edges = new ArrayList<>(chain.edges());
    chain.nodes().forEach(node -> edges.add(EdgeDefinition.of(node.id(), "n0")));

    BlueprintAnalysis analysis = BlueprintAnalysis.of(new Blueprint("x", chain.nodes(), edges));

    assertThat(analysis.isDag()).isFalse();
    assertThat(analysis.cycles().stream().mapToInt(List::size).sum()).isLessThan(1_000_001);
  }

  @Test
  void aLoopIsNoUncontrolledCycle() {
    Blueprint loop =
        new Blueprint(
            "x",
            List.of(
                NodeDefinition.of("i", "noop"),
                new NodeDefinition("l", "loop-controller", Map.of("condition", "go")),
                NodeDefinition.of("b", "noop"),
                NodeDefinition.of("c", "noop")),
            List.of(
                EdgeDefinition.of("i", "l"),
                EdgeDefinition.of("l", "b").on("continue"),
                EdgeDefinition.of("b", "l"),
                EdgeDefinition.of("b", "c"),
                EdgeDefinition.of("c", "b")));

    assertThat(BlueprintAnalysis.of(loop).cycles()).hasSize(2);
    assertThat(BlueprintAnalysis.uncontrolledCycles(loop)).containsExactly(List.of("b", "c", "b"));
  }

  private static Blueprint chain(int length) {
    List<NodeDefinition> nodes =
        IntStream.range(0, length).mapToObj(i -> NodeDefinition.of("n" + i, "noop")).toList();
    List<EdgeDefinition> edges =
        IntStream.range(1, length)
            .mapToObj(i -> EdgeDefinition.of("n" + (i - 1), "n" + i))
            .toList();
    return new Blueprint("chain", nodes, edges);
  }
}
