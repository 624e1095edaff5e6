package io.flowcraft.examples.picture;

import io.flowcraft.blueprint.Blueprint;
import io.flowcraft.blueprint.NodeDefinition;
import io.flowcraft.run.NodeStatus;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Draws a blueprint, coloured by what became of its nodes. */
final class SvgGraph {

  private final Blueprint blueprint;
  private final Map<String, NodeStatus> statuses;
  private final RunTrace trace;
  private final StringBuilder svg = new StringBuilder();

  SvgGraph(Blueprint blueprint, Map<String, NodeStatus> statuses, RunTrace trace) {
    this.blueprint = blueprint;
    this.statuses = statuses;
    this.trace = trace;
  }

  String draw() {
    List<String> boxes = blueprint.nodes().stream().map(NodeDefinition::id).toList();
    Layers layers = new Layers(boxes, Arrow.of(blueprint, trace));
    Layout layout = new Layout(layers);
    add(
        "<svg viewBox=\"0 0 %.0f %.0f\" width=\"%.0f\" role=\"img\" aria-label=\"%s\">",
        layout.width(), layout.height(), layout.width(), Html.escape(blueprint.id()));
    add("<defs>");
    addArrowhead("taken");
    addArrowhead("open");
    add("</defs>");
    // The way that the run took lies on top.
    layers.ways().stream()
        .sorted(Comparator.comparing(way -> way.arrow().taken()))
        .forEach(way -> drawArrow(way, layout));
    blueprint.nodes().forEach(node -> drawBox(node, layout));
    add("</svg>");
    return svg.toString();
  }

  private void addArrowhead(String kind) {
    add(
        "<marker id=\"head-%s\" class=\"head %s\" viewBox=\"0 0 8 8\" refX=\"7\" refY=\"4\""
            + " markerWidth=\"5\" markerHeight=\"5\" orient=\"auto\">"
            + "<path d=\"M0 0L8 4L0 8z\"/></marker>",
        kind, kind);
  }

  private void drawArrow(Layers.Way way, Layout layout) {
    List<Layers.Slot> slots = way.slots();
    Layout.Point first = layout.at(slots.get(0));
    Layout.Point last = layout.at(slots.get(slots.size() - 1));
    boolean down = first.y() < last.y();
    double half = (down ? 1 : -1) * Layout.BOX_HEIGHT / 2;
    StringBuilder path = new StringBuilder();
    Layout.Point from = new Layout.Point(first.x(), first.y() + half);
    path.append(format("M%.1f %.1f", from.x(), from.y()));
    Layout.Point middle = from;
    for (int i = 1; i < slots.size(); i++) {
      Layout.Point at = layout.at(slots.get(i));
      boolean end = i == slots.size() - 1;
      Layout.Point to = end ? new Layout.Point(at.x(), at.y() - half) : at;
      double bend = (from.y() + to.y()) / 2;
      path.append(
          format("C%.1f %.1f %.1f %.1f %.1f %.1f", from.x(), bend, to.x(), bend, to.x(), to.y()));
      if (i == 1) {
        middle = new Layout.Point((from.x() + to.x()) / 2, bend);
      }
      from = to;
    }
    Arrow arrow = way.arrow();
    String taken = arrow.taken() ? "taken" : "open";
    String kind = arrow.standIn() ? " standin" : "";
    add(
        "<path class=\"edge %s%s\" d=\"%s\" marker-end=\"url(#head-%s)\"/>",
        taken, kind, path, taken);
    if (!arrow.label().isEmpty()) {
      add(
          "<text class=\"label %s\" x=\"%.1f\" y=\"%.1f\">%s</text>",
          taken, middle.x(), middle.y() + 4, Html.escape(arrow.label()));
    }
  }

  private void drawBox(NodeDefinition node, Layout layout) {
    Layout.Point at = layout.at(new Layers.Slot(node.id(), true));
    NodeStatus status = statuses.getOrDefault(node.id(), NodeStatus.WAITING);
    int retries = trace.retries(node.id());
    String detail = retries == 0 ? node.uses() : (retries + 1) + " attempts";
    add("<g class=\"node %s\">", status.name().toLowerCase(Locale.ROOT));
    add("<title>%s: %s</title>", Html.escape(node.id()), status.name().toLowerCase(Locale.ROOT));
    add(
        "<rect x=\"%.1f\" y=\"%.1f\" width=\"%.0f\" height=\"%.0f\" rx=\"8\"/>",
        at.x() - Layout.BOX_WIDTH / 2,
        at.y() - Layout.BOX_HEIGHT / 2,
        Layout.BOX_WIDTH,
        Layout.BOX_HEIGHT);
    add("<text x=\"%.1f\" y=\"%.1f\">%s</text>", at.x(), at.y() - 2, Html.escape(node.id()));
    add(
        "<text class=\"uses\" x=\"%.1f\" y=\"%.1f\">%s</text>",
        at.x(), at.y() + 14, Html.escape(detail));
    add("</g>");
  }

  private void add(String pattern, Object... values) {
    svg.append(format(pattern, values)).append('\n');
  }

  private static String format(String pattern, Object... values) {
    return String.format(Locale.ROOT, pattern, values);
  }
}
