package io.flowcraft.expression;

import io.flowcraft.expression.Expression.Access;
import io.flowcraft.expression.Expression.Accessor;
import io.flowcraft.expression.Expression.Chain;
import io.flowcraft.expression.Expression.Literal;
import io.flowcraft.expression.Expression.Logical;
import io.flowcraft.expression.Expression.Operation;
import io.flowcraft.expression.Expression.Ternary;
import io.flowcraft.expression.Expression.Unary;
import io.flowcraft.expression.Expression.Variable;
import io.flowcraft.spi.Scope;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Evaluates a parsed expression over a scope. */
final class Interpreter {

  /** A sum of texts may not grow beyond this: a short expression must not fill the memory. */
  private static final int MAX_TEXT = 8 * 1024 * 1024;

  private final Scope scope;

  Interpreter(Scope scope) {
    this.scope = scope;
  }

  /** The whole expression has no value, as if JavaScript had thrown an error. */
  static final class Failure extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private Failure() {
      super("the expression has no value", null, false, false);
    }
  }

  @Nullable Object evaluate(Expression expression) {
    if (expression instanceof Literal literal) {
      return literal.value();
    }
    if (expression instanceof Variable variable) {
      return checked(variable.path().resolve(scope));
    }
    if (expression instanceof Access access) {
      return access(access);
    }
    if (expression instanceof Unary unary) {
      return unary(unary.operator(), evaluate(unary.operand()));
    }
    if (expression instanceof Chain chain) {
      Object value = evaluate(chain.first());
      for (Operation operation : chain.rest()) {
        value = binary(operation.operator(), value, evaluate(operation.operand()));
      }
      return value;
    }
    if (expression instanceof Logical logical) {
      return logical(logical);
    }
    Ternary ternary = (Ternary) expression;
    return evaluate(
        Coercion.isTrue(evaluate(ternary.condition())) ? ternary.then() : ternary.otherwise());
  }

  private @Nullable Object logical(Logical logical) {
    Object value = evaluate(logical.first());
    for (Operation operation : logical.rest()) {
      boolean goesOn =
          switch (operation.operator()) {
            case "&&" -> Coercion.isTrue(value);
            case "||" -> !Coercion.isTrue(value);
            default -> Coercion.isNothing(value);
          };
      if (goesOn) {
        value = evaluate(operation.operand());
      }
    }
    return value;
  }

  private @Nullable Object access(Access access) {
    Object value = evaluate(access.base());
    for (Accessor accessor : access.accessors()) {
      if (accessor.optional() && Coercion.isNothing(value)) {
        return Absent.UNDEFINED;
      }
      Path path = accessor.path();
      value = checked((path == null ? computed(accessor) : path).resolveIn(value));
    }
    return value;
  }

  private Path computed(Accessor accessor) {
    Expression index = accessor.index();
    Object name = index == null ? null : evaluate(index);
    return new Path(List.of(new Path.Step(Coercion.toText(name), true)));
  }

  private static @Nullable Object checked(@Nullable Object value) {
    if (value == Absent.FAILED) {
      throw new Failure();
    }
    return value;
  }

  private static Object unary(String operator, @Nullable Object value) {
    if (operator.equals("!")) {
      return !Coercion.isTrue(value);
    }
    if (value instanceof Number exact && Coercion.isInteger(exact)) {
      long number = exact.longValue();
      return Coercion.integer(operator.equals("-") ? -number : number);
    }
    double number = Coercion.toNumber(value);
    return Coercion.number(operator.equals("-") ? -number : number);
  }

  private static Object binary(String operator, @Nullable Object left, @Nullable Object right) {
    return switch (operator) {
      case "==" -> Coercion.looselyEqual(left, right);
      case "!=" -> !Coercion.looselyEqual(left, right);
      case "===" -> Coercion.strictlyEqual(left, right);
      case "!==" -> !Coercion.strictlyEqual(left, right);
      case "<", "<=", ">", ">=" ->
          compare(operator, Coercion.toPrimitive(left), Coercion.toPrimitive(right));
      case "+" -> plus(Coercion.toPrimitive(left), Coercion.toPrimitive(right));
      default -> arithmetic(operator, left, right);
    };
  }

  private static boolean compare(String operator, @Nullable Object left, @Nullable Object right) {
    int order;
    if (left instanceof String a && right instanceof String b) {
      order = a.compareTo(b);
    } else if (left instanceof Number a
        && right instanceof Number b
        && Coercion.areIntegers(a, b)) {
      order = Long.compare(a.longValue(), b.longValue());
    } else {
      double a = Coercion.toNumber(left);
      double b = Coercion.toNumber(right);
      if (Double.isNaN(a) || Double.isNaN(b)) {
        return false;
      }
      order = Double.compare(a + 0.0, b + 0.0); // no negative zeros
    }
    return switch (operator) {
      case "<" -> order < 0;
      case "<=" -> order <= 0;
      case ">" -> order > 0;
      default -> order >= 0;
    };
  }

  private static Object plus(@Nullable Object left, @Nullable Object right) {
    if (!(left instanceof String) && !(right instanceof String)) {
      return arithmetic("+", left, right);
    }
    String a = Coercion.toText(left);
    String b = Coercion.toText(right);
    if ((long) a.length() + b.length() > MAX_TEXT) {
      throw new Failure();
    }
    return a + b;
  }

  private static Number arithmetic(String operator, @Nullable Object left, @Nullable Object right) {
    if (left instanceof Number a && right instanceof Number b && Coercion.areIntegers(a, b)) {
      Number exact = exact(operator, a.longValue(), b.longValue());
      if (exact != null) {
        return exact;
      }
    }
    double a = Coercion.toNumber(left);
    double b = Coercion.toNumber(right);
    double result =
        switch (operator) {
          case "+" -> a + b;
          case "-" -> a - b;
          case "*" -> a * b;
          case "/" -> a / b;
          default -> a % b;
        };
    return Coercion.number(result);
  }

  private static @Nullable Number exact(String operator, long left, long right) {
    try {
      return switch (operator) {
        case "+" -> Coercion.integer(Math.addExact(left, right));
        case "-" -> Coercion.integer(Math.subtractExact(left, right));
        case "*" -> Coercion.integer(Math.multiplyExact(left, right));
        case "%" -> right == 0 ? null : Coercion.integer(left % right);
        default -> null;
      };
    } catch (ArithmeticException e) {
      return null;
    }
  }
}
