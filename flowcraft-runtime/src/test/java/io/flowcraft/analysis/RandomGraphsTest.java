package io.flowcraft.analysis;

import static org.assertj.core.api.Assertions.assertThat;

import io.flowcraft.blueprint.Blueprint;
import io.flowcraft.blueprint.EdgeDefinition;
import io.flowcraft.blueprint.NodeDefinition;
import io.flowcraft.random.Seeds;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class RandomGraphsTest {

  private static Blueprint graph(Random random) {
    int size = 1 + random.nextInt(8);
    List<NodeDefinition> nodes = new ArrayList<>();
    for (int i = 0; i < size; i++) {
      nodes.add(NodeDefinition.of("v" + i, "noop"));
    }
    List<EdgeDefinition> edges = new ArrayList<>();
    for (int i = random.nextInt(14); i > 0; i--) {
      // One more than there are nodes: some edges dangle.
      edges.add(EdgeDefinition.of("v" + random.nextInt(size + 1), "v" + random.nextInt(size + 1)));
    }
    return new Blueprint("random", nodes, edges);
  }

  @Test
  void aGraphHasACycleIfSomeNodeReachesItself() {
    Seeds.each(
        2_000,
        random -> {
          Blueprint graph = graph(random);
          boolean[][] reaches = closure(graph);
          boolean isCyclic = false;
          for (int i = 0; i < reaches.length; i++) {
            isCyclic |= reaches[i][i];
          }

          assertThat(BlueprintAnalysis.of(graph).isDag()).isEqualTo(!isCyclic);
        });
  }

  @Test
  void everyCycleIsOneAndIsListedOnce() {
    Seeds.each(
        2_000,
        random -> {
          Blueprint graph = graph(random);
          List<List<String>> cycles = BlueprintAnalysis.of(graph).cycles();

          assertThat(cycles).doesNotHaveDuplicates();
          for (List<String> cycle : cycles) {
            List<String> inner = cycle.subList(0, cycle.size() - 1);
            assertThat(inner).doesNotHaveDuplicates();
            assertThat(cycle.get(0)).isEqualTo(cycle.get(cycle.size() - 1));
            for (int i = 1; i < cycle.size(); i++) {
              assertThat(graph.edges()).contains(EdgeDefinition.of(cycle.get(i - 1), cycle.get(i)));
            }
          }
        });
  }

  @Test
  void everyNodeOnACycleReachesACycleThatIsListed() {
    Seeds.each(
        2_000,
        random -> {
          Blueprint graph = graph(random);
          boolean[][] reaches = closure(graph);
          Set<String> listed = new HashSet<>();
          BlueprintAnalysis.of(graph).cycles().forEach(listed::addAll);

          for (int i = 0; i < reaches.length; i++) {
            boolean meetsListed = false;
            for (int j = 0; j < reaches.length; j++) {
              meetsListed |= reaches[i][j] && reaches[j][i] && listed.contains("v" + j);
            }
            assertThat(meetsListed).isEqualTo(reaches[i][i]);
          }
        });
  }

  @Test
  void orphansAreWhatNoStartNodeReaches() {
    Seeds.each(
        2_000,
        random -> {
          Blueprint graph = graph(random);
          boolean[][] reaches = closure(graph);
          List<String> starts = BlueprintAnalysis.of(graph).startNodeIds();
          Set<String> orphans = new HashSet<>();
          for (int i = 0; i < reaches.length; i++) {
            boolean isReached = starts.contains("v" + i);
            for (String start : starts) {
              isReached |= reaches[Integer.parseInt(start.substring(1))][i];
            }
            if (!isReached && reaches.length > 1) {
              orphans.add("v" + i);
            }
          }

          Set<String> reported = new HashSet<>();
          BlueprintLinter.lint(graph, Set.of("noop"), Set.of()).stream()
              .filter(issue -> issue.code().equals("ORPHAN_NODE"))
              .forEach(issue -> reported.add(issue.place()));
          assertThat(reported).isEqualTo(orphans);
        });
  }

  /** Which node reaches which over at least one edge, computed the plain way. */
  private static boolean[][] closure(Blueprint graph) {
    int size = graph.nodes().size();
    boolean[][] reaches = new boolean[size][size];
    for (EdgeDefinition edge : graph.edges()) {
      int source = Integer.parseInt(edge.source().substring(1));
      int target = Integer.parseInt(edge.target().substring(1));
      if (source < size && target < size) {
        reaches[source][target] = true;
      }
    }
    for (int k = 0; k < size; k++) {
      for (int i = 0; i < size; i++) {
        for (int j = 0; j < size; j++) {
          reaches[i][j] |= reaches[i][k] && reaches[k][j];
        }
      }
    }
    return reaches;
  }
}
