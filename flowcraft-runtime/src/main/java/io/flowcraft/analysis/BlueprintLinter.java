package io.flowcraft.analysis;

import io.flowcraft.analysis.LintIssue.Severity;
import io.flowcraft.blueprint.Blueprint;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** Finds mistakes in a blueprint before it runs. Knows the built-in nodes. */
public final class BlueprintLinter {

  private BlueprintLinter() {}

  /**
   * Checks a blueprint; reports everything at once.
   *
   * @param blueprint what to check
   * @param registeredKeys the keys of the registered implementations; built-ins need not be among
   *     them
   * @param knownBlueprints the ids that sub-workflow nodes may name
   */
  public static List<LintIssue> lint(
      Blueprint blueprint, Set<String> registeredKeys, Set<String> knownBlueprints) {
    return lint(blueprint, registeredKeys, knownBlueprints, expression -> Optional.empty());
  }

  /**
   * Checks a blueprint and its expressions.
   *
   * @param blueprint what to check
   * @param registeredKeys the keys of the registered implementations
   * @param knownBlueprints the ids that sub-workflow nodes may name
   * @param expressionCheck says what is wrong with an expression, for instance {@code
   *     PropertyEvaluator::check} of the evaluator in use
   */
  public static List<LintIssue> lint(
      Blueprint blueprint,
      Set<String> registeredKeys,
      Set<String> knownBlueprints,
      Function<String, Optional<String>> expressionCheck) {
    Lint lint = new Lint(blueprint, registeredKeys, knownBlueprints, expressionCheck);
    ImplementationRules.check(lint);
    EdgeRules.check(lint);
    ReachabilityRules.check(lint);
    FallbackRules.check(lint);
    CompensationRules.check(lint);
    BuiltInRules.check(lint);
    ConfigRules.check(lint);
    ExpressionRules.check(lint);
    return lint.issues();
  }

  /** Whether there is no error among the issues; warnings do not count. */
  public static boolean isValid(List<LintIssue> issues) {
    return issues.stream().noneMatch(issue -> issue.severity() == Severity.ERROR);
  }
}
