package io.flowcraft.analysis;

import io.flowcraft.blueprint.Blueprint;
import io.flowcraft.blueprint.EdgeDefinition;
import io.flowcraft.blueprint.NodeDefinition;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** One pass of the linter: what it looks at, and what it has found so far. */
final class Lint {

  private final Blueprint blueprint;
  private final Set<String> registeredKeys;
  private final Set<String> knownBlueprints;
  private final Function<String, Optional<String>> expressionCheck;
  private final Map<String, NodeDefinition> nodes = new HashMap<>();
  private final Map<String, List<EdgeDefinition>> incoming = new HashMap<>();
  private final Map<String, List<EdgeDefinition>> outgoing = new HashMap<>();
  private final List<LintIssue> issues = new ArrayList<>();

  Lint(
      Blueprint blueprint,
      Set<String> registeredKeys,
      Set<String> knownBlueprints,
      Function<String, Optional<String>> expressionCheck) {
    this.blueprint = blueprint;
    this.registeredKeys = registeredKeys;
    this.knownBlueprints = knownBlueprints;
    this.expressionCheck = expressionCheck;
    blueprint.nodes().forEach(node -> nodes.putIfAbsent(node.id(), node));
    for (EdgeDefinition edge : blueprint.edges()) {
      incoming.computeIfAbsent(edge.target(), id -> new ArrayList<>()).add(edge);
      outgoing.computeIfAbsent(edge.source(), id -> new ArrayList<>()).add(edge);
    }
  }

  Blueprint blueprint() {
    return blueprint;
  }

  boolean isRegistered(String key) {
    return registeredKeys.contains(key);
  }

  boolean isBlueprint(String id) {
    return knownBlueprints.contains(id);
  }

  Optional<String> expressionProblem(String expression) {
    return expressionCheck.apply(expression);
  }

  /** The first node with an id, or null. */
  @Nullable NodeDefinition node(String id) {
    return nodes.get(id);
  }

  List<EdgeDefinition> incoming(String id) {
    return incoming.getOrDefault(id, List.of());
  }

  List<EdgeDefinition> outgoing(String id) {
    return outgoing.getOrDefault(id, List.of());
  }

  void add(LintRule rule, NodeDefinition node, String message) {
    issues.add(rule.issue(node.id(), message));
  }

  void add(LintRule rule, EdgeDefinition edge, String message) {
    issues.add(rule.issue(edge.source() + " -> " + edge.target(), message));
  }

  void add(LintRule rule, String message) {
    issues.add(rule.issue("", message));
  }

  List<LintIssue> issues() {
    return List.copyOf(issues);
  }
}
