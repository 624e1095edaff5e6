package io.flowcraft.runtime.internal.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import io.flowcraft.json.JsonSerializer;
import io.flowcraft.node.NodeResult;
import io.flowcraft.runtime.internal.graph.Drawing;
import io.flowcraft.runtime.internal.graph.Graph;
import io.flowcraft.runtime.internal.graph.GraphNode;
import io.flowcraft.runtime.internal.graph.Instance;
import io.flowcraft.runtime.internal.graph.Path;
import io.flowcraft.spi.EdgeDecision;
import io.flowcraft.spi.EdgeState;
import io.flowcraft.spi.Payload;
import io.flowcraft.spi.Scope;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which edges a finished node takes. */
class RouterTest {

  private static final Router ROUTER = new Router((expression, scope) -> expression.equals("yes"));

  /** Sees nothing. */
  private static final class Blind implements RoutingScope, Scope {
    @Override
    public Scope conditions() {
      return this;
    }

    @Override
    public Scope transforms(@Nullable Object input) {
      return this;
    }

    @Override
    public @Nullable Object transformInput(GraphNode source, GraphNode target) {
      return null;
    }

    @Override
    public @Nullable Payload payload(@Nullable Object value) {
      return value == null ? null : Payload.of(value, new JsonSerializer());
    }

    @Override
    public @Nullable Object get(String name) {
      return null;
    }

    @Override
    public boolean has(String name) {
      return false;
    }
  }

  private static Instance instance(Graph graph, String id) {
    return graph.startInstances().stream()
        .filter(start -> start.node().id().equals(id))
        .findFirst()
        .orElseGet(() -> graph.node(id).rootInstance());
  }

  private static String taken(Graph graph, List<EdgeDecision> decisions) {
    return decisions.stream()
        .filter(decision -> decision.state() == EdgeState.TAKEN)
        .map(decision -> graph.edge(decision.edge()).definition().target())
        .collect(Collectors.joining(" "));
  }

  @ParameterizedTest(name = "{0} with {1}: {2}")
  @CsvSource({
    // one edge
    "s>a,'',a",
    "s>a,x,a",
    "s>a:x,x,a",
    "s>a:x,'',''",
    "s>a:x,y,''",
    "s>a?yes,'',a",
    "s>a?no,'',''",
    // without an action: all edges that ask for none
    "s>a s>b s>c:x,'',a b",
    "s>a?yes s>b?no s>c,'',a c",
    // with one: the edges of that action, or else those that ask for none
    "s>a s>b:x s>c:x,x,b c",
    "s>a s>b:x s>c:y,y,c",
    "s>a s>b:x,z,a",
    "s>a s>b:x?no,x,a",
    "s>a s>b:x?no s>c:x?yes,x,c",
    "s>a?no s>b:x?no,x,''",
    // a controller looks at its conditions first
    "loop>a:continue?yes loop>b:break,break,a",
    "loop>a:continue?no loop>b:break,break,b",
    "loop>a:continue loop>b:break,continue,a"
  })
  void edgesAreTaken(String drawing, String action, String expected) {
    Graph graph = Drawing.of(drawing);
    Instance instance = instance(graph, drawing.substring(0, drawing.indexOf('>')));
    NodeResult result = NodeResult.none().withAction(action);

    List<EdgeDecision> decisions =
        ROUTER.route(instance, result, new Blind(), RoutingObserver.NONE);

    assertThat(taken(graph, decisions)).isEqualTo(expected);
    assertThat(decisions)
        .as("every edge is decided, in the order of the blueprint")
        .extracting(EdgeDecision::edge)
        .containsExactlyElementsOf(
            instance.node().out().stream().map(edge -> edge.index()).toList());
    assertThat(decisions).noneMatch(decision -> decision.state() == EdgeState.DEAD);
  }

  @Test
  void everyConditionThatIsAskedIsTold() {
    Graph graph = Drawing.of("s>a?yes s>b?no s>c:x?yes s>d");
    List<String> told = new ArrayList<>();

    ROUTER.route(
        instance(graph, "s"),
        NodeResult.none(),
        new Blind(),
        (edge, result) -> told.add(edge.definition().target() + " " + result));

    assertThat(told).containsExactly("a true", "b false");
  }

  @ParameterizedTest
  @CsvSource({"SKIPPED", "DEAD"})
  void whoIsNotRunDecidesAllItsEdgesAlike(EdgeState state) {
    Graph graph = Drawing.of("s>a s>b:x s>c?yes");

    assertThat(Router.all(instance(graph, "s"), state))
        .hasSize(3)
        .allMatch(decision -> decision.state() == state);
    assertThat(Router.all(instance(graph, "a"), state)).isEmpty();
  }

  @Test
  void aStandInDecidesItsOwnEdgesAndThoseOfTheOther() {
    Graph graph = Drawing.of("s!spare spare!second s>a s>b spare>c");
    GraphNode spare = graph.node("spare");
    Path path = Path.ROOT.standIn(graph.node("s"));

    assertThat(OutEdges.of(spare.at(path)))
        .extracting(edge -> edge.definition().target())
        .containsExactly("c", "a", "b");
    assertThat(OutEdges.of(graph.node("second").at(path.standIn(spare))))
        .extracting(edge -> edge.definition().target())
        .containsExactlyInAnyOrder("c", "a", "b");
    assertThat(OutEdges.of(graph.node("s").rootInstance()))
        .extracting(edge -> edge.definition().target())
        .containsExactly("a", "b");
  }
}
