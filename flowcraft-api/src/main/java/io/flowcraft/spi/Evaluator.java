package io.flowcraft.spi;

import org.jspecify.annotations.Nullable;

/**
 * Evaluates the expressions of conditions, transforms and loop controllers.
 *
 * <p>Called from any thread, many at a time; must not block and must not have side effects: the
 * same expression over the same scope gives the same value, whenever and wherever it is asked.
 *
 * <p>The edges of the loops that {@link io.flowcraft.flow.FlowBuilder} builds carry transforms of
 * the form {@code context["id"]}: an evaluator of another language should understand these, too. An
 * exception fails the node whose edges are decided.
 */
@FunctionalInterface
public interface Evaluator {

  /**
   * The value of the expression, or null if it has none or can't be evaluated.
   *
   * @param expression the text of the blueprint
   * @param scope what the expression can see
   */
  @Nullable Object evaluate(String expression, Scope scope);
}
