package io.flowcraft.flow;

import io.flowcraft.blueprint.Blueprint;
import io.flowcraft.blueprint.BuiltIns;
import io.flowcraft.blueprint.EdgeDefinition;
import io.flowcraft.blueprint.Join;
import io.flowcraft.blueprint.NodeDefinition;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Looks for everything that is wrong with a flow, so that its author sees it at once. */
final class FlowChecks {

  private final List<Declaration> declarations;
  private final Blueprint blueprint;
  private final Map<String, NodeDefinition> nodes = new LinkedHashMap<>();
  private final List<String> problems = new ArrayList<>();

  FlowChecks(List<Declaration> declarations, Blueprint blueprint) {
    this.declarations = declarations;
    this.blueprint = blueprint;
    blueprint.nodes().forEach(node -> nodes.putIfAbsent(node.id(), node));
  }

  List<String> problems() {
    if (blueprint.id().isBlank()) {
      problems.add("A flow needs an id; found a blank one.");
    }
    if (nodes.isEmpty() && declarations.isEmpty()) {
      problems.add("Cannot build a blueprint with no nodes.");
    }
    checkIds();
    declarations.forEach(this::checkShape);
    nodes.values().forEach(this::checkNode);
    checkEdges();
    checkReachable();
    return problems;
  }

  private void checkIds() {
    Map<String, List<String>> users = new LinkedHashMap<>();
    for (Declaration declaration : declarations) {
      Set<String> ids = new LinkedHashSet<>();
      ids.add(declaration.id());
      declaration.nodes().forEach(node -> ids.add(node.id()));
      for (String id : ids) {
        users.computeIfAbsent(id, key -> new ArrayList<>()).add(declaration.label());
      }
    }
    users.forEach(
        (id, labels) -> {
          if (id.isBlank()) {
            problems.add("A node needs an id; found a blank one.");
          } else if (labels.size() > 1) {
            String all = String.join(", ", labels);
            problems.add("The id '" + id + "' is used " + labels.size() + " times: " + all + ".");
          }
        });
  }

  private void checkShape(Declaration declaration) {
    if (declaration instanceof Declaration.Batch batch
        && batch.chunkSize() != null
        && batch.chunkSize() < 1) {
      problems.add(
          "Batch '" + batch.id() + "' has a chunk size of " + batch.chunkSize() + "; at least 1.");
    }
    if (declaration instanceof Declaration.Loop loop) {
      if (loop.condition().isBlank()) {
        problems.add("Loop '" + loop.id() + "' has no condition.");
      }
      checkLoopEnd(loop, "start", loop.start());
      checkLoopEnd(loop, "end", loop.end());
    }
  }

  private void checkLoopEnd(Declaration.Loop loop, String which, @Nullable String id) {
    String place = "Loop '" + loop.id() + "' ";
    if (id == null) {
      problems.add(place + "names no " + which + " node; call " + which + "(…).");
    } else if (id.equals(loop.id())) {
      problems.add(place + "names itself as its " + which + " node.");
    } else if (declarations.stream().noneMatch(other -> other.id().equals(id))) {
      problems.add(place + "references non-existent " + which + " node '" + id + "'.");
    }
  }

  private void checkNode(NodeDefinition node) {
    Duration timeout = node.config().timeout();
    if (timeout != null && (timeout.isZero() || timeout.isNegative())) {
      problems.add(
          "Node '" + node.id() + "' has a timeout of " + timeout + "; longer than zero, or none.");
    }
    checkMillis(node, BuiltIns.SLEEP, "duration");
    checkMillis(node, BuiltIns.WAIT, "timeout");
    checkFallback(node);
    checkCompensation(node);
    checkJoin(node);
  }

  private void checkCompensation(NodeDefinition node) {
    String id = node.config().compensate();
    if (id == null) {
      return;
    }
    String place = "Node '" + node.id() + "' ";
    NodeDefinition compensation = nodes.get(id);
    if (id.equals(node.id())) {
      problems.add(place + "names itself as its compensation.");
    } else if (compensation == null) {
      problems.add(place + "names the compensation '" + id + "', which is missing.");
    } else if (compensation.config().compensate() != null
        || compensation.config().fallback() != null) {
      problems.add(
          place
              + "names the compensation '"
              + id
              + "', which can't have one or a fallback itself.");
    }
  }

  private Set<String> compensations() {
    return nodes.values().stream()
        .map(node -> node.config().compensate())
        .filter(Objects::nonNull)
        .collect(Collectors.toSet());
  }

  private void checkMillis(NodeDefinition node, String uses, String param) {
    if (uses.equals(node.uses())
        && node.params().get(param) instanceof Number millis
        && millis.longValue() < 0) {
      problems.add(
          "Node '" + node.id() + "' has a " + param + " of " + millis + " ms; zero or longer.");
    }
  }

  private void checkFallback(NodeDefinition node) {
    String fallback = node.config().fallback();
    if (fallback == null) {
      return;
    }
    String place = "Node '" + node.id() + "' ";
    if (fallback.equals(node.id())) {
      problems.add(place + "names itself as its fallback.");
    } else if (!nodes.containsKey(fallback)) {
      boolean batch = declarations.stream().anyMatch(other -> other.id().equals(fallback));
      String what = batch ? ", which is a batch; only a node can stand in." : ", which is missing.";
      problems.add(place + "names the fallback '" + fallback + "'" + what);
    } else {
      checkFallbackChain(node);
    }
  }

  /** A node for each fallback that it has; one that names itself is reported elsewhere. */
  private Map<String, String> owners() {
    Map<String, String> owners = new LinkedHashMap<>();
    for (NodeDefinition node : nodes.values()) {
      String fallback = node.config().fallback();
      if (fallback != null && !fallback.equals(node.id())) {
        owners.putIfAbsent(fallback, node.id());
      }
    }
    return owners;
  }

  private void checkFallbackChain(NodeDefinition node) {
    Set<String> chain = new LinkedHashSet<>();
    NodeDefinition next = node;
    while (next != null && chain.add(next.id())) {
      String fallback = next.config().fallback();
      next = fallback == null ? null : nodes.get(fallback);
    }
    boolean circle = next != null && next.id().equals(node.id()) && chain.size() > 1;
    boolean firstToTell = circle && node.id().equals(chain.stream().min(String::compareTo).get());
    if (firstToTell) {
      problems.add("Fallbacks stand in for each other: " + String.join(", ", chain) + ".");
    }
  }

  private void checkJoin(NodeDefinition node) {
    Join join = node.config().joinOrDefault();
    if (join.kind() != Join.Kind.AT_LEAST) {
      return;
    }
    long incoming = blueprint.edges().stream().filter(e -> e.target().equals(node.id())).count();
    if (join.count() > incoming) {
      problems.add(
          "Node '"
              + node.id()
              + "' waits for "
              + join.count()
              + " edges and has "
              + incoming
              + ".");
    }
  }

  private void checkEdges() {
    Set<List<Object>> seen = new HashSet<>();
    Map<String, String> owners = owners();
    Set<String> compensations = compensations();
    for (EdgeDefinition edge : blueprint.edges()) {
      String place = "Edge '" + edge.source() + "' -> '" + edge.target() + "' ";
      if (!nodes.containsKey(edge.source())) {
        problems.add(place + "leaves a node that does not exist.");
      }
      if (!nodes.containsKey(edge.target())) {
        problems.add(place + "leads to a node that does not exist.");
      }
      String owner = owners.get(edge.target());
      if (owner != null) {
        problems.add(
            place + "leads to the fallback of '" + owner + "', which only a failure starts.");
      }
      if (compensations.contains(edge.target()) || compensations.contains(edge.source())) {
        problems.add(
            place + "touches a compensation, which only a run that fails or is cancelled starts.");
      }
      String action = edge.hasAction() ? String.valueOf(edge.action()) : "";
      String condition = edge.hasCondition() ? String.valueOf(edge.condition()) : "";
      if (!seen.add(List.of(edge.source(), edge.target(), action, condition))) {
        problems.add(place + "exists twice with the same action and condition.");
      }
    }
  }

  private void checkReachable() {
    Set<String> entered =
        blueprint.edges().stream().map(EdgeDefinition::target).collect(Collectors.toSet());
    Set<String> standIns = new HashSet<>(owners().keySet());
    Set<String> compensations = compensations();
    standIns.addAll(compensations);
    Deque<String> open = new ArrayDeque<>();
    for (String id : nodes.keySet()) {
      if (!entered.contains(id) && !standIns.contains(id)) {
        open.add(id);
      }
    }
    if (open.isEmpty()) {
      open.addAll(blueprint.cycleEntryPoints());
    }
    if (open.isEmpty() && !nodes.isEmpty()) {
      problems.add(
          "No node can start: each one has an incoming edge or stands in for another. Name where to"
              + " begin: metadata(\"cycleEntryPoints\", List.of(…)).");
      return;
    }
    Map<String, List<String>> successors = new HashMap<>();
    for (EdgeDefinition edge : blueprint.edges()) {
      successors.computeIfAbsent(edge.source(), id -> new ArrayList<>()).add(edge.target());
    }
    Set<String> reached = new HashSet<>();
    while (!open.isEmpty()) {
      NodeDefinition node = nodes.get(open.remove());
      if (node != null && reached.add(node.id())) {
        if (node.config().fallback() != null) {
          open.add(node.config().fallback());
        }
        open.addAll(successors.getOrDefault(node.id(), List.of()));
      }
    }
    nodes.keySet().stream()
        .filter(id -> !reached.contains(id) && !compensations.contains(id))
        .forEach(id -> problems.add("Node '" + id + "' is not reachable from any start node."));
  }
}
