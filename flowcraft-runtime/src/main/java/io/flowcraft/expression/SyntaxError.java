package io.flowcraft.expression;

/** An expression is none of the language. Caught where expressions are parsed. */
final class SyntaxError extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /**
   * An error at a place.
   *
   * @param problem what was found and what was expected
   * @param position where, counted from 0
   */
  SyntaxError(String problem, int position) {
    super(problem + " at column " + (position + 1), null, false, false);
  }
}
