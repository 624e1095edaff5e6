package io.flowcraft.analysis;

import io.flowcraft.blueprint.Blueprint;
import io.flowcraft.blueprint.EdgeDefinition;
import io.flowcraft.blueprint.NodeDefinition;
import io.flowcraft.json.JsonSerializer;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Draws a blueprint, and the way of a run through it, as a Mermaid flowchart. Whatever ids,
 * parameters and expressions contain, the diagram is well-formed and shows it as text.
 */
public final class Mermaid {

  private static final String EMPTY = "flowchart TD\n    empty[Empty Blueprint]";
  private static final RunTrace NO_RUN = new RunTrace(Set.of(), Set.of(), Set.of());

  private final Blueprint blueprint;
  private final RunTrace trace;
  private final MermaidIds ids;
  private final JsonSerializer json = new JsonSerializer();
  private final StringBuilder out = new StringBuilder("flowchart TD\n");

  private Mermaid(Blueprint blueprint, RunTrace trace) {
    this.blueprint = blueprint;
    this.trace = trace;
    this.ids = new MermaidIds(blueprint);
  }

  /** The diagram of a blueprint. */
  public static String of(Blueprint blueprint) {
    return ofRun(blueprint, NO_RUN);
  }

  /** The diagram of a blueprint with completed nodes, failed nodes and taken edges highlighted. */
  public static String ofRun(Blueprint blueprint, RunTrace trace) {
    return blueprint.nodes().isEmpty() ? EMPTY : new Mermaid(blueprint, trace).draw();
  }

  private String draw() {
    blueprint.nodes().forEach(this::node);
    blueprint.nodes().forEach(this::style);
    List<EdgeDefinition> edges = blueprint.edges();
    for (int i = 0; i < edges.size(); i++) {
      edge(edges.get(i));
      if (trace.taken().contains(edges.get(i))) {
        line("linkStyle " + i + " stroke:#007bff,stroke-width:3px");
      }
    }
    return out.toString();
  }

  private void node(NodeDefinition node) {
    String params =
        node.params().isEmpty() ? "" : "<br/>params: " + escaped(json.serialize(node.params()));
    line(ids.of(node.id()) + "[\"" + escaped(node.id()) + params + "\"]");
  }

  private void style(NodeDefinition node) {
    if (trace.completed().contains(node.id())) {
      line("style " + ids.of(node.id()) + " fill:#d4edda,stroke:#c3e6cb");
    } else if (trace.failed().contains(node.id())) {
      line("style " + ids.of(node.id()) + " fill:#f8d7da,stroke:#f5c6cb");
    }
  }

  private void edge(EdgeDefinition edge) {
    String label =
        Stream.of(text(edge.action()), text(edge.condition()), text(edge.transform()))
            .filter(part -> !part.isEmpty())
            .map(Mermaid::escaped)
            .collect(Collectors.joining(" | "));
    String arrow = label.isEmpty() ? " --> " : " -- \"" + label + "\" --> ";
    line(ids.of(edge.source()) + arrow + ids.of(edge.target()));
  }

  private void line(String text) {
    out.append("    ").append(text).append('\n');
  }

  private static String text(@Nullable String text) {
    return text == null ? "" : text;
  }

  /** Mermaid's entities for what would end the label or count as markup. */
  private static String escaped(String text) {
    StringBuilder escaped = new StringBuilder(text.length() + 16);
    text.codePoints()
        .forEach(
            c -> {
              switch (c) {
                case '"' -> escaped.append("#quot;");
                case '<' -> escaped.append("#lt;");
                case '#' -> escaped.append("#35;");
                case '\\' -> escaped.append("#92;");
                default -> escaped.appendCodePoint(Character.isISOControl(c) ? ' ' : c);
              }
            });
    return escaped.toString();
  }
}
