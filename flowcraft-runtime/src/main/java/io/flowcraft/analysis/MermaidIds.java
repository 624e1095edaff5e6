package io.flowcraft.analysis;

import io.flowcraft.blueprint.Blueprint;
import io.flowcraft.blueprint.EdgeDefinition;
import io.flowcraft.blueprint.NodeDefinition;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The names of nodes within a diagram: their ids where Mermaid can read these, aliases elsewhere.
 */
final class MermaidIds {

  private static final Pattern READABLE =
      Pattern.compile("[\\p{L}\\p{N}_]++(?:[-.][\\p{L}\\p{N}_]++)*+");

  private static final Set<String> RESERVED =
      Set.of(
          "end",
          "graph",
          "flowchart",
          "subgraph",
          "style",
          "linkstyle",
          "class",
          "classdef",
          "click",
          "default",
          "direction",
          "call",
          "href");

  private final Set<String> taken = new HashSet<>();
  private final Map<String, String> aliases = new HashMap<>();

  MermaidIds(Blueprint blueprint) {
    blueprint.nodes().stream().map(NodeDefinition::id).forEach(taken::add);
    for (EdgeDefinition edge : blueprint.edges()) {
      taken.add(edge.source());
      taken.add(edge.target());
    }
  }

  String of(String id) {
    boolean isReadable =
        READABLE.matcher(id).matches() && !RESERVED.contains(id.toLowerCase(Locale.ROOT));
    return isReadable ? id : aliases.computeIfAbsent(id, unreadable -> alias());
  }

  private String alias() {
    int number = aliases.size() + 1;
    String alias = "node" + number;
    while (!taken.add(alias)) {
      alias = "node" + ++number;
    }
    return alias;
  }
}
