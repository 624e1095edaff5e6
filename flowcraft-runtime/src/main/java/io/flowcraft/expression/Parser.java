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
import io.flowcraft.expression.Token.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Builds an expression from its tokens; the ranks of the operators are JavaScript's. */
final class Parser {

  static final int MAX_NESTING = 100;

  private static final Set<String> OR = Set.of("||", "??");
  private static final Set<String> AND = Set.of("&&");
  private static final Set<String> EQUALITY = Set.of("==", "!=", "===", "!==");
  private static final Set<String> COMPARISON = Set.of("<", "<=", ">", ">=");
  private static final Set<String> SUM = Set.of("+", "-");
  private static final Set<String> PRODUCT = Set.of("*", "/", "%");
  private static final Set<String> PREFIX = Set.of("!", "-", "+");

  private final List<Token> tokens;
  private int next;
  private int nesting;

  private Parser(List<Token> tokens) {
    this.tokens = tokens;
  }

  static Expression parse(List<Token> tokens) {
    Parser parser = new Parser(tokens);
    Expression expression = parser.expression();
    if (parser.peek().kind() != Kind.END) {
      throw parser.unexpected("an operator or the end");
    }
    return expression;
  }

  private Expression expression() {
    enter();
    Expression condition = or();
    if (takes("?")) {
      Expression then = expression();
      expect(":");
      condition = new Ternary(condition, then, expression());
    }
    nesting--;
    return condition;
  }

  private Expression or() {
    return logical(OR, () -> logical(AND, this::equality));
  }

  private Expression logical(Set<String> operators, Supplier<Expression> operand) {
    Expression first = operand.get();
    List<Operation> rest = operations(operators, operand);
    return rest.isEmpty() ? first : new Logical(first, rest);
  }

  private Expression equality() {
    return chain(EQUALITY, this::comparison);
  }

  private Expression comparison() {
    return chain(COMPARISON, this::sum);
  }

  private Expression sum() {
    return chain(SUM, this::product);
  }

  private Expression product() {
    return chain(PRODUCT, this::unary);
  }

  private Expression chain(Set<String> operators, Supplier<Expression> operand) {
    Expression first = operand.get();
    List<Operation> rest = operations(operators, operand);
    return rest.isEmpty() ? first : new Chain(first, rest);
  }

  private List<Operation> operations(Set<String> operators, Supplier<Expression> operand) {
    List<Operation> operations = new ArrayList<>();
    while (peek().kind() == Kind.OPERATOR && operators.contains(peek().text())) {
      String operator = take().text();
      operations.add(new Operation(operator, operand.get()));
    }
    return List.copyOf(operations);
  }

  private Expression unary() {
    if (peek().kind() != Kind.OPERATOR || !PREFIX.contains(peek().text())) {
      return members();
    }
    enter();
    String operator = take().text();
    Expression operand = unary();
    nesting--;
    return new Unary(operator, operand);
  }

  private Expression members() {
    Token first = peek();
    Expression base = first.kind() == Kind.NAME ? variable() : primary();
    List<Accessor> accessors = new ArrayList<>();
    for (Accessor accessor = accessor(); accessor != null; accessor = accessor()) {
      accessors.add(accessor);
    }
    if (peek().isOperator("(")) {
      throw new SyntaxError("found a call; expressions can't call anything", peek().position());
    }
    return accessors.isEmpty() ? base : new Access(base, List.copyOf(accessors));
  }

  private Expression variable() {
    String name = take().text();
    return switch (name) {
      case "true" -> new Literal(true);
      case "false" -> new Literal(false);
      case "null" -> new Literal(null);
      case "undefined" -> new Literal(Absent.UNDEFINED);
      default -> {
        List<Path.Step> steps = new ArrayList<>();
        steps.add(new Path.Step(name, false));
        addSteps(steps);
        yield new Variable(new Path(List.copyOf(steps)));
      }
    };
  }

  private Expression primary() {
    Token token = take();
    if (token.kind() == Kind.NUMBER) {
      return new Literal(token.value());
    }
    if (token.kind() == Kind.TEXT) {
      return new Literal(token.text());
    }
    if (token.isOperator("(")) {
      Expression inner = expression();
      expect(")");
      return inner;
    }
    next--;
    throw unexpected("a value");
  }

  private @Nullable Accessor accessor() {
    boolean isOptional = takes("?.");
    if (isOptional && peek().kind() == Kind.NAME) {
      List<Path.Step> steps = new ArrayList<>();
      steps.add(new Path.Step(take().text(), false));
      addSteps(steps);
      return new Accessor(new Path(List.copyOf(steps)), null, true);
    }
    if (!isOptional) {
      List<Path.Step> steps = new ArrayList<>();
      addSteps(steps);
      if (!steps.isEmpty()) {
        return new Accessor(new Path(List.copyOf(steps)), null, false);
      }
    }
    if (takes("[")) {
      Expression index = expression();
      expect("]");
      return new Accessor(null, index, isOptional);
    }
    if (isOptional) {
      throw unexpected("a name or \"[\"");
    }
    return null;
  }

  /**
   * Takes all members whose names are written down: {@code .name}, {@code ["name"]}, {@code [0]}.
   */
  private void addSteps(List<Path.Step> steps) {
    while (true) {
      if (peek().isOperator(".")) {
        take();
        if (peek().kind() != Kind.NAME) {
          throw unexpected("a name");
        }
        steps.add(new Path.Step(take().text(), false));
      } else if (peek().isOperator("[") && isFixed(peek(1)) && peek(2).isOperator("]")) {
        take();
        steps.add(new Path.Step(take().text(), true));
        take();
      } else {
        return;
      }
    }
  }

  private static boolean isFixed(Token token) {
    return token.kind() == Kind.TEXT || token.value() instanceof Integer;
  }

  private void enter() {
    if (++nesting > MAX_NESTING) {
      throw new SyntaxError("found more than " + MAX_NESTING + " levels", peek().position());
    }
  }

  private Token peek() {
    return peek(0);
  }

  private Token peek(int ahead) {
    return tokens.get(Math.min(next + ahead, tokens.size() - 1));
  }

  private Token take() {
    Token token = peek();
    next++;
    return token;
  }

  private boolean takes(String operator) {
    boolean fits = peek().isOperator(operator);
    if (fits) {
      next++;
    }
    return fits;
  }

  private void expect(String operator) {
    if (!takes(operator)) {
      throw unexpected("\"" + operator + "\"");
    }
  }

  private SyntaxError unexpected(String expected) {
    return new SyntaxError("found " + peek().shown() + ", expected " + expected, peek().position());
  }
}
