package io.flowcraft.expression;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A parsed expression. Chains of operators of one rank are flat lists, so that evaluation goes no
 * deeper than the text's own nesting.
 */
sealed interface Expression {

  /** A literal. */
  record Literal(@Nullable Object value) implements Expression {}

  /** A path that begins at a name of the scope. */
  record Variable(Path path) implements Expression {}

  /** Members of a value. */
  record Access(Expression base, List<Accessor> accessors) implements Expression {}

  /** {@code !}, {@code -} or {@code +} before a value. */
  record Unary(String operator, Expression operand) implements Expression {}

  /** Arithmetic or comparisons of one rank, from left to right. */
  record Chain(Expression first, List<Operation> rest) implements Expression {}

  /** {@code &&}, {@code ||} and {@code ??}, which stop at the first decisive value. */
  record Logical(Expression first, List<Operation> rest) implements Expression {}

  /** {@code condition ? then : otherwise}. */
  record Ternary(Expression condition, Expression then, Expression otherwise)
      implements Expression {}

  /**
   * An operator and its right operand.
   *
   * @param operator the operator as written
   * @param operand what stands to its right
   */
  record Operation(String operator, Expression operand) {}

  /**
   * A way into a value: either a fixed path or a computed member.
   *
   * @param path the fixed path, or null
   * @param index the computed name or index, or null
   * @param optional whether the rest has no value when the value before it is none
   */
  record Accessor(@Nullable Path path, @Nullable Expression index, boolean optional) {}
}
