package io.flowcraft.analysis;

import io.flowcraft.analysis.LintIssue.Severity;

/** The rules of the linter: how bad a breach is, and what to do about it. */
enum LintRule {
  MISSING_NODE_IMPLEMENTATION(
      Severity.ERROR, "Register an implementation under this key, or correct the key."),
  INVALID_BATCH_WORKER_KEY(
      Severity.ERROR, "Register an implementation under this key, or correct the key."),
  INVALID_SUBFLOW_BLUEPRINT_ID(
      Severity.ERROR, "Register the blueprint under this id, or correct the id."),
  INVALID_EDGE_SOURCE(Severity.ERROR, "Correct the id, add the node, or remove the edge."),
  INVALID_EDGE_TARGET(Severity.ERROR, "Correct the id, add the node, or remove the edge."),
  ORPHAN_NODE(
      Severity.ERROR,
      "Lead an edge to it from a node that runs, name it under metadata.cycleEntryPoints, or remove"
          + " it."),
  EMPTY_BLUEPRINT(Severity.WARNING, "Add a node."),
  DUPLICATE_NODE_ID(Severity.ERROR, "Give each node an id of its own."),
  DUPLICATE_EDGE(
      Severity.ERROR, "Remove all but one, or tell them apart by an action or a condition."),
  NO_START_NODE(
      Severity.WARNING,
      "Add a node that leads into the cycle, or name its first node under"
          + " metadata.cycleEntryPoints."),
  NO_TERMINAL_NODE(Severity.WARNING, "Give the workflow an end, for instance behind a condition."),
  UNKNOWN_CYCLE_ENTRY_POINT(Severity.ERROR, "Correct the id under metadata.cycleEntryPoints."),
  MISSING_FALLBACK_NODE(Severity.ERROR, "Correct the id under config.fallback, or add the node."),
  FALLBACK_TO_SELF(Severity.ERROR, "Name another node under config.fallback."),
  FALLBACK_CYCLE(Severity.ERROR, "Let the last fallback of the chain have none."),
  FALLBACK_HAS_INCOMING_EDGE(
      Severity.ERROR,
      "Remove the edge: a fallback node is started by a failure only, and the edges of the node that"
          + " it stands in for go on."),
  MISSING_COMPENSATION_NODE(
      Severity.ERROR, "Correct the id under config.compensate, or add the node."),
  COMPENSATION_HAS_EDGE(
      Severity.ERROR,
      "Remove the edge: a compensation is started when a run fails or is cancelled, by nothing else."),
  INVALID_PARAMS(Severity.ERROR, "Correct the node's params."),
  LOOP_WITHOUT_CONTINUE(
      Severity.ERROR, "Add an edge with the action \"continue\" to the first node of the body."),
  LOOP_WITHOUT_BREAK(
      Severity.WARNING, "Add an edge with the action \"break\" to what follows the loop."),
  INVALID_TIMEOUT(Severity.ERROR, "Give the node a longer time, or remove config.timeout."),
  JOIN_NEVER_SATISFIED(Severity.ERROR, "Ask for fewer edges, or add edges."),
  JOIN_IGNORED(Severity.WARNING, "Remove config.joinStrategy, or correct the edges."),
  RETRY_WITHOUT_ATTEMPTS(Severity.WARNING, "Raise the number of attempts, or remove the delay."),
  RETRY_DELAY_ABOVE_CAP(Severity.WARNING, "Raise maxDelay, or lower the delay."),
  SUSPICIOUS_EXPRESSION(
      Severity.WARNING,
      "Correct the expression, or configure the evaluator whose language it is written in.");

  private final Severity severity;
  private final String remedy;

  LintRule(Severity severity, String remedy) {
    this.severity = severity;
    this.remedy = remedy;
  }

  LintIssue issue(String place, String message) {
    return new LintIssue(name(), severity, message, place, remedy);
  }
}
