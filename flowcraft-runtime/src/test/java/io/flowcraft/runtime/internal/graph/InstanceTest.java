package io.flowcraft.runtime.internal.graph;

import static org.assertj.core.api.Assertions.assertThat;

import io.flowcraft.blueprint.Blueprint;
import io.flowcraft.blueprint.NodeDefinition;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Node instances, their paths, and the texts that name them. */
class InstanceTest {

  private static final String NESTED =
      "a>x x>y y>loopy loopy>y:continue loopy>z:break z>loopx loopx>x:continue loopx>end:break"
          + " x!spare spare!second";

  private final Graph graph = Drawing.of(NESTED);
  private final GraphNode outer = graph.node("x");
  private final GraphNode inner = graph.node("y");

  private Path iteration(int outerIndex, int innerIndex) {
    return Path.ROOT.enter(outer.loop(), outerIndex).enter(inner.loop(), innerIndex);
  }

  @Test
  void outsideOfLoopsTheKeyIsTheId() {
    Instance instance = graph.node("a").at(Path.ROOT);

    assertThat(instance.key()).isEqualTo("a");
    assertThat(instance).isSameAs(graph.node("a").rootInstance());
    assertThat(instance.barrierKey()).isEqualTo("a/*");
  }

  @Test
  void insideItHasTheIterationsInFront() {
    Path path = iteration(3, 12);

    assertThat(path.text()).isEqualTo("x#3/y#12");
    assertThat(inner.at(path).key()).isEqualTo("x#3/y#12/y");
    assertThat(path.iteration()).isEqualTo(12);
    assertThat(path.loop()).isEqualTo(inner.loop());
    assertThat(path.ancestor(1).text()).isEqualTo("x#3");
    assertThat(path.ancestor(0).isRoot()).isTrue();
    assertThat(path.ancestor(2)).isEqualTo(path);
  }

  @Test
  void aStandInHasThePlaceOfTheOther() {
    Path place = Path.ROOT.enter(outer.loop(), 1);
    GraphNode spare = graph.node("spare");
    Instance standIn = spare.at(place.standIn(outer));
    Instance second = graph.node("second").at(standIn.path().standIn(spare));

    assertThat(second.key()).isEqualTo("x#1/!x/!spare/second");
    assertThat(second.path().place()).isEqualTo(place);
    assertThat(second.path().iteration()).isOne();
    assertThat(second.origin()).isSameAs(outer);
    assertThat(standIn.origin()).isSameAs(outer);
    assertThat(outer.at(place).origin()).isSameAs(outer);
  }

  @Test
  void onlyALaterHeaderRepeats() {
    assertThat(outer.at(Path.ROOT.enter(outer.loop(), 0)).repeats()).isFalse();
    assertThat(outer.at(Path.ROOT.enter(outer.loop(), 1)).repeats()).isTrue();
    assertThat(graph.node("z").at(Path.ROOT.enter(outer.loop(), 1)).repeats()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a",
        "end",
        "x#0/x",
        "x#7/z",
        "x#3/y#12/loopy",
        "!x/spare",
        "x#1/!x/!spare/second"
      })
  void aKeyIsReadAsItWasWritten(String key) {
    Instance instance = graph.parse(key, Map.of());

    assertThat(instance).isNotNull();
    assertThat(instance.key()).isEqualTo(key);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "nobody",
        "nobody#0/x",
        "a#0/x",
        "x#/x",
        "x#-1/x",
        "x#1.5/x",
        "x#9999999999/x",
        "x/y",
        "!nobody/spare",
        "x#0/",
        "/x"
      })
  void whatIsNoKeyIsNoInstance(String key) {
    assertThat(graph.parse(key, Map.of())).isNull();
  }

  @ParameterizedTest
  @ValueSource(strings = {"a/b", "a#1", "!a", "50%", "a/*", "%2f", "", " ", "ä€"})
  void anIdMayHaveAnyCharacter(String id) {
    Graph odd =
        Graph.compile(
            new Blueprint(
                "odd",
                List.of(NodeDefinition.of(id, "x"), NodeDefinition.of("other", "x")),
                List.of()));
    String key = odd.node(id).rootInstance().key();

    assertThat(odd.parse(key, Map.of())).isEqualTo(odd.node(id).rootInstance());
    assertThat(key).doesNotContain("/", "#", "!", "*");
  }

  @Test
  void addedNodesAreFoundFirst() {
    GraphNode added = GraphNode.added(NodeDefinition.of("new", "x"), "a", null, null);

    assertThat(graph.parse("new", Map.of("new", added))).isEqualTo(added.rootInstance());
    assertThat(graph.parse("new", Map.of())).isNull();
    assertThat(added.creator()).isEqualTo("a");
  }

  @Test
  void instancesAreEqualByTheirKeys() {
    Instance instance = inner.at(iteration(1, 2));

    assertThat(instance)
        .isEqualTo(inner.at(iteration(1, 2)))
        .hasSameHashCodeAs(inner.at(iteration(1, 2)));
    assertThat(instance).isNotEqualTo(inner.at(iteration(2, 1))).isNotEqualTo("x#1/y#2/y");
    assertThat(iteration(1, 2)).isEqualTo(iteration(1, 2)).isNotEqualTo(iteration(1, 3));
  }
}
