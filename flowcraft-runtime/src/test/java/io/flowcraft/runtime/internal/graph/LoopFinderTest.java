package io.flowcraft.runtime.internal.graph;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which nodes run once per iteration of which loop. */
class LoopFinderTest {

  /** The nodes in loops, each with the headers around it, outermost first. */
  private static String loops(Graph graph) {
    return graph.declared().stream()
        .filter(node -> node.loop() != null)
        .map(node -> node.id() + "=" + headers(node.loop()))
        .collect(Collectors.joining(" "));
  }

  private static String headers(Loop loop) {
    String own = loop.header().id();
    return loop.parent() == null ? own : headers(loop.parent()) + "/" + own;
  }

  private static String edges(Graph graph, boolean cut) {
    return IntStream.range(0, graph.edgeCount())
        .mapToObj(graph::edge)
        .filter(edge -> edge.isBack() && edge.isCut() == cut)
        .map(edge -> edge.source() + ">" + edge.target())
        .collect(Collectors.joining(" "));
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource({
    // a chain and a diamond
    "a>b b>c,'','',''",
    "a>b a>c b>d c>d,'','',''",
    // the controller behind its body, and in front of it
    "a>b b>loop loop>b:continue loop>c:break,b=b loop=b,loop>b,''",
    "a>loop loop>b:continue b>loop loop>c:break,loop=loop b=loop,b>loop,''",
    // a controller of a single node, and a node that follows itself
    "a>loop loop>loop:continue loop>c:break,loop=loop,loop>loop,''",
    "a>any any>any:again any>c,any=any c=any,any>any,''",
    // without a controller: a header that joins any iterates, with all that hangs off the body;
    // another one runs once
    "a>any any>b b>any b>c,any=any b=any c=any,b>any,''",
    "a>b b>c c>b c>d,'','',c>b",
    // entered by nobody: the first node begins
    "a>b b>a:again,'','',b>a",
    // a loop in a loop
    "a>x x>y y>loopy loopy>y:continue loopy>z:break z>loopx loopx>x:continue loopx>end:break,"
        + "x=x y=x/y loopy=x/y z=x loopx=x,loopy>y loopx>x,''",
    // two loops in a row
    "a>b b>loop1 loop1>b:continue loop1>c:break c>loop2 loop2>c:continue loop2>d:break,"
        + "b=b loop1=b c=c loop2=c,loop1>b loop2>c,''",
    // what hangs off the body belongs to it, what is reached from elsewhere does not
    "a>b b>s s>t b>loop loop>b:continue loop>c:break,b=b s=b t=b loop=b,loop>b,''",
    "a>b a>s b>s b>loop loop>b:continue loop>c:break,b=b loop=b,loop>b,''",
    // the way out does not, nor does what follows it
    "a>b b>loop loop>b:continue loop>c:break c>d,b=b loop=b,loop>b,''",
    // a stand-in runs where its node runs
    "a>b b!spare b>loop loop>b:continue loop>c:break,b=b spare=b loop=b,loop>b,''"
  })
  void loopsAreFound(String drawing, String loops, String back, String cut) {
    Graph graph = Drawing.of(drawing);

    assertThat(List.of(loops(graph).split(" ", -1)))
        .containsExactlyInAnyOrder(loops.split(" ", -1));
    assertThat(edges(graph, false)).isEqualTo(back);
    assertThat(edges(graph, true)).isEqualTo(cut);
  }

  @Test
  void theExitsOfALoopAreKnown() {
    Graph graph = Drawing.of("a>b b>out b>loop loop>b:continue loop>c:break c>out a>out");
    GraphNode body = graph.node("b");

    assertThat(body).isNotNull();
    assertThat(body.isHeader()).isTrue();
    assertThat(body.loop().exits())
        .extracting(GraphEdge::toString)
        .containsExactly("b -> out", "loop -> c");
  }

  @Test
  void aLongCycleIsNoProblem() {
    StringBuilder drawing = new StringBuilder("start>any0");
    int size = 20_000;
    for (int i = 0; i < size; i++) {
      drawing.append(" any").append(i).append(">any").append((i + 1) % size);
    }

    Graph graph = Drawing.of(drawing.toString());

    assertThat(graph.node("any19999").loop().header().id()).isEqualTo("any0");
  }
}
