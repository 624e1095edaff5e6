package io.flowcraft.runtime.internal.engine;

import io.flowcraft.analysis.BlueprintLinter;
import io.flowcraft.analysis.LintIssue;
import io.flowcraft.blueprint.Blueprint;
import io.flowcraft.blueprint.BuiltIns;
import io.flowcraft.blueprint.NodeDefinition;
import io.flowcraft.error.ErrorCode;
import io.flowcraft.error.FlowcraftException;
import io.flowcraft.run.RunOptions;
import io.flowcraft.runtime.internal.graph.GraphNode;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Checks everything about a run before anything of it exists. */
final class Admission {

  private static final List<String> RESERVED =
      List.of("_outputs.", "_awaiting", "_subflowState.", "_batch.");

  private static final int LONGEST_RUN_ID = 200;

  private final Engine engine;
  private final Services services;
  private final Set<String> accepted = ConcurrentHashMap.newKeySet();

  Admission(Engine engine) {
    this.engine = engine;
    this.services = engine.services();
  }

  /** The initial data, if the run may start. */
  Map<String, @Nullable Object> admit(
      Definition definition, Map<String, ? extends @Nullable Object> input, RunOptions options) {
    if (options.runId() != null) {
      requireRunId(options.runId());
    }
    if (options.acyclic()) {
      requireAcyclic(definition, new HashSet<>());
    }
    if (!accepted.contains(definition.hash())) {
      if (!services.settings().lenient()) {
        requireClean(definition, new HashSet<>());
      }
      requireContinueEdges(definition);
      accepted.add(definition.hash());
    }
    if (!services.settings().lenient() && !options.targets().isEmpty()) {
      requireTargets(definition, options.targets());
    }
    return initial(input);
  }

  private Map<String, @Nullable Object> initial(Map<String, ? extends @Nullable Object> input) {
    if (input.isEmpty()) {
      return Map.of();
    }
    Map<String, @Nullable Object> initial = new LinkedHashMap<>();
    input.forEach(
        (key, value) -> {
          if (!services.settings().lenient() && RESERVED.stream().anyMatch(key::startsWith)) {
            throw new FlowcraftException(
                ErrorCode.INPUT_MALFORMED,
                "The initial data has the key '"
                    + key
                    + "', which the engine keeps for itself. Choose a key that does not begin"
                    + " with one of "
                    + RESERVED
                    + ".");
          }
          initial.put(key, services.values().data(value, "The initial value '" + key + "'"));
        });
    return initial;
  }

  /** Children have ids of their parent's id, a slash and more: nobody else may have such an id. */
  private static void requireRunId(String runId) {
    boolean acceptable =
        !runId.isEmpty()
            && runId.length() <= LONGEST_RUN_ID
            && runId.equals(runId.strip())
            && runId.chars().noneMatch(c -> c == '/' || Character.isISOControl(c));
    if (!acceptable) {
      boolean isLong = runId.length() > LONGEST_RUN_ID;
      throw new FlowcraftException(
          ErrorCode.RUN_ID_INVALID,
          "A run can't have "
              + (isLong ? "an id of " + runId.length() + " characters" : "the id '" + runId + "'")
              + "; expected: 1 to "
              + LONGEST_RUN_ID
              + " characters, none of them a slash or a control character, no blanks at the ends."
              + " Choose another id, or none to have one made.",
          null,
          true);
    }
  }

  private void requireClean(Definition definition, Set<String> seen) {
    if (!seen.add(definition.hash())) {
      return;
    }
    Blueprint blueprint = definition.blueprint();
    Set<String> known = services.registry().keys();
    List<LintIssue> errors =
        BlueprintLinter.lint(blueprint, known, engine.definitions().ids()).stream()
            .filter(issue -> issue.severity() == LintIssue.Severity.ERROR)
            .toList();
    if (!errors.isEmpty()) {
      throw new FlowcraftException(
          ErrorCode.BLUEPRINT_INVALID,
          "Blueprint '"
              + blueprint.id()
              + "' can't be run: "
              + errors.stream()
                  .map(
                      issue ->
                          issue.code()
                              + " at "
                              + issue.place()
                              + ": "
                              + issue.message()
                              + " "
                              + issue.remedy())
                  .collect(Collectors.joining("; ")));
    }
    for (NodeDefinition node : blueprint.nodes()) {
      Definition child =
          BuiltIns.isSubflow(node.uses())
                  && node.params().get("blueprintId") instanceof String childId
              ? engine.definitions().find(childId)
              : null;
      if (child != null) {
        requireClean(child, seen);
      }
    }
  }

  private static void requireTargets(Definition definition, List<String> targets) {
    for (String target : targets) {
      if (definition.graph().node(target) == null) {
        throw new FlowcraftException(
            ErrorCode.BLUEPRINT_INVALID,
            "Blueprint '"
                + definition.blueprint().id()
                + "' has no node '"
                + target
                + "' to run to. Name nodes that it has.");
      }
    }
  }

  private static void requireContinueEdges(Definition definition) {
    for (GraphNode node : definition.graph().declared()) {
      boolean goesOn =
          node.out().stream().anyMatch(edge -> "continue".equals(edge.definition().action()));
      if (node.isController() && !goesOn) {
        throw new FlowcraftException(
            ErrorCode.BLUEPRINT_INVALID,
            "Loop '"
                + node.id()
                + "' has no continue edge to start node. Ensure edges are wired inside the loop"
                + " and incoming/breaking edges point to the loop controller.");
      }
    }
  }

  /** Loops with a controller are no cycles in this sense; sub-workflows are looked at, too. */
  private void requireAcyclic(Definition definition, Set<String> seen) {
    for (int i = 0; i < definition.graph().edgeCount(); i++) {
      var edge = definition.graph().edge(i);
      GraphNode target = edge.target();
      if (edge.isBack() && target != null && !isControlled(target, edge.source())) {
        throw new FlowcraftException(
            ErrorCode.BLUEPRINT_CYCLIC,
            "Workflow '"
                + definition.blueprint().id()
                + "' failed strictness check: Cycles are not allowed.");
      }
    }
    for (GraphNode node : definition.graph().declared()) {
      Object childId = node.definition().params().get("blueprintId");
      if (BuiltIns.isSubflow(node.definition().uses())
          && childId instanceof String id
          && seen.add(id)) {
        Definition child = engine.definitions().find(id);
        if (child != null) {
          requireAcyclic(child, seen);
        }
      }
    }
  }

  private static boolean isControlled(GraphNode header, GraphNode latch) {
    return header.isController() || latch.isController();
  }
}
