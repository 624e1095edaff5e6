package io.flowcraft.examples.picture;

import static org.assertj.core.api.Assertions.assertThat;

import io.flowcraft.blueprint.Blueprint;
import io.flowcraft.blueprint.EdgeDefinition;
import io.flowcraft.blueprint.NodeConfig;
import io.flowcraft.blueprint.NodeDefinition;
import io.flowcraft.event.FlowEvent;
import io.flowcraft.node.NodeResult;
import io.flowcraft.run.NodeStatus;
import io.flowcraft.run.RunStatus;
import java.io.StringReader;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;

class RunPageTest {

  private static final FlowEvent.Origin ORIGIN =
      new FlowEvent.Origin("run-1", "demo", null, Instant.EPOCH);

  /** A node with a fallback, two ways behind it, and a cycle. */
  private static final Blueprint DEMO =
      new Blueprint(
          "demo",
          List.of(
              NodeDefinition.of("start", "a"),
              NodeDefinition.of("pay", "b").withConfig(NodeConfig.DEFAULT.withFallback("ask")),
              NodeDefinition.of("ask", "wait"),
              NodeDefinition.of("ship <now> & \"here\"", "c"),
              NodeDefinition.of("reject", "d")),
          List.of(
              EdgeDefinition.of("start", "pay"),
              EdgeDefinition.of("pay", "ship <now> & \"here\""),
              EdgeDefinition.of("pay", "reject").on("decline"),
              EdgeDefinition.of("start", "reject").when("start.closed"),
              EdgeDefinition.of("reject", "start").on("again")));

  private static final List<FlowEvent> EVENTS =
      List.of(
          new FlowEvent.NodeFinished(ORIGIN, "start", "", NodeResult.output(1)),
          new FlowEvent.EdgeEvaluated(ORIGIN, DEMO.edges().get(3), false),
          new FlowEvent.NodeRetry(ORIGIN, "pay", "", 1, "no answer"),
          new FlowEvent.NodeFallback(ORIGIN, "pay", "", "ask"),
          new FlowEvent.NodeFinished(ORIGIN, "ask", "", NodeResult.action("decline")),
          new FlowEvent.NodeFinished(ORIGIN, "reject", "", NodeResult.none()));

  private static final RecordedRun RUN =
      new RecordedRun(
          "run-1",
          "demo",
          RunStatus.COMPLETED,
          Map.of(
              "start", NodeStatus.COMPLETED,
              "pay", NodeStatus.REPLACED,
              "ask", NodeStatus.COMPLETED,
              "reject", NodeStatus.COMPLETED,
              "ship <now> & \"here\"", NodeStatus.SKIPPED),
          Map.of("start", "<script>alert(1)</script>"));

  private static final String PAGE =
      new RunPage("Order <1>", DEMO, RUN, EVENTS, "graph TD\n  a --> b").html();

  private static Document parsed() throws Exception {
    DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
    factory.setNamespaceAware(true);
    return factory.newDocumentBuilder().parse(new InputSource(new StringReader(PAGE)));
  }

  @Test
  void isWellFormedAndLoadsNothing() throws Exception {
    assertThat(parsed().getElementsByTagName("svg").getLength()).isEqualTo(1);
    assertThat(PAGE).doesNotContain("http", "src=", "<script").contains("graph TD");
  }

  @Test
  void coloursEachNodeByItsStatus() throws Exception {
    NodeList groups = parsed().getElementsByTagName("g");

    assertThat(groups.getLength()).isEqualTo(5);
    assertThat(classes(groups))
        .containsExactly(
            "node completed", "node replaced", "node completed", "node skipped", "node completed");
  }

  @Test
  void marksTheWayThatTheRunTook() {
    RunTrace trace = new RunTrace(EVENTS);

    assertThat(Arrow.of(DEMO, trace))
        .filteredOn(Arrow::taken)
        .extracting(arrow -> arrow.source() + ">" + arrow.target())
        .containsExactly("start>pay", "pay>reject", "pay>ask");
    assertThat(trace.retries("pay")).isEqualTo(1);
  }

  @Test
  void keepsBoxesOfALayerApart() {
    List<String> boxes = DEMO.nodes().stream().map(NodeDefinition::id).toList();
    Layers layers = new Layers(boxes, Arrow.of(DEMO, new RunTrace(EVENTS)));
    Layout layout = new Layout(layers);

    for (List<Layers.Slot> layer : layers.layers()) {
      for (int i = 1; i < layer.size(); i++) {
        double distance = layout.at(layer.get(i)).x() - layout.at(layer.get(i - 1)).x();
        boolean boxesMeet = layer.get(i).box() && layer.get(i - 1).box();
        assertThat(distance).isGreaterThan(boxesMeet ? Layout.BOX_WIDTH : 0);
      }
    }
  }

  private static List<String> classes(NodeList elements) {
    return IntStream.range(0, elements.getLength())
        .mapToObj(i -> ((Element) elements.item(i)).getAttribute("class"))
        .toList();
  }
}
