package io.flowcraft.analysis;

import io.flowcraft.blueprint.BuiltIns;
import io.flowcraft.blueprint.Join;
import io.flowcraft.blueprint.Join.Kind;
import io.flowcraft.blueprint.NodeDefinition;
import io.flowcraft.blueprint.Retry;
import java.time.Duration;

/** Timeouts, joins and retries that can work. */
final class ConfigRules {

  private ConfigRules() {}

  static void check(Lint lint) {
    for (NodeDefinition node : lint.blueprint().nodes()) {
      checkTimeout(lint, node);
      checkJoin(lint, node);
      checkRetry(lint, node);
    }
  }

  private static void checkTimeout(Lint lint, NodeDefinition node) {
    Duration timeout = node.config().timeout();
    if (timeout != null && (timeout.isZero() || timeout.isNegative())) {
      lint.add(
          LintRule.INVALID_TIMEOUT,
          node,
          "Node \""
              + node.id()
              + "\" has a timeout of \""
              + timeout.toMillis()
              + "\" ms; expected more than zero.");
    }
  }

  private static void checkJoin(Lint lint, NodeDefinition node) {
    Join join = node.config().joinOrDefault();
    int edges = lint.incoming(node.id()).size();
    if (join.kind() == Kind.AT_LEAST && join.count() > edges) {
      lint.add(
          LintRule.JOIN_NEVER_SATISFIED,
          node,
          "Node \""
              + node.id()
              + "\" waits for "
              + join.count()
              + " edges, but has "
              + edges
              + ".");
    }
    if (join.kind() == Kind.ANY && node.uses().equals(BuiltIns.BATCH_GATHER)) {
      lint.add(
          LintRule.JOIN_IGNORED,
          node,
          "Node \"" + node.id() + "\" gathers a batch and waits for all of it, whatever its join.");
    }
  }

  private static void checkRetry(Lint lint, NodeDefinition node) {
    Retry retry = node.config().retry();
    if (retry.maxAttempts() == 1 && !retry.delay().isZero()) {
      lint.add(
          LintRule.RETRY_WITHOUT_ATTEMPTS,
          node,
          "Node \"" + node.id() + "\" has a delay between attempts, but one attempt only.");
    }
    if (!retry.maxDelay().isZero() && retry.delay().compareTo(retry.maxDelay()) > 0) {
      lint.add(
          LintRule.RETRY_DELAY_ABOVE_CAP,
          node,
          "Node \"" + node.id() + "\" has a delay above its cap, so that it never grows.");
    }
  }
}
