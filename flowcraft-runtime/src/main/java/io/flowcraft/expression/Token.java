package io.flowcraft.expression;

import org.jspecify.annotations.Nullable;

/**
 * A piece of an expression.
 *
 * @param kind what it is
 * @param text its characters; of a text literal, what it says
 * @param value of a number, its value
 * @param position where it begins, counted from 0
 */
record Token(Kind kind, String text, @Nullable Number value, int position) {

  enum Kind {
    NUMBER,
    TEXT,
    NAME,
    OPERATOR,
    END
  }

  boolean isOperator(String operator) {
    return kind == Kind.OPERATOR && text.equals(operator);
  }

  /** As messages show it. */
  String shown() {
    return kind == Kind.END ? "the end" : "\"" + text + "\"";
  }
}
