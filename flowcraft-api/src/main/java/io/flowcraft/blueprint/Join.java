package io.flowcraft.blueprint;

import java.util.Locale;
import java.util.Optional;

/**
 * When a node with several incoming edges starts.
 *
 * @param kind the rule
 * @param count how many edges {@link Kind#AT_LEAST} asks for; 0 for the other rules
 */
public record Join(Kind kind, int count) {

  /** The rules. */
  public enum Kind {
    /** Every edge is decided, at least one was taken, none is dead. */
    ALL,
    /** The first edge that is taken. */
    ANY,
    /** As soon as {@code count} edges are taken. */
    AT_LEAST,
    /** Every edge is taken. */
    EVERY
  }

  private static final Join ALL = new Join(Kind.ALL, 0);
  private static final Join ANY = new Join(Kind.ANY, 0);
  private static final Join EVERY = new Join(Kind.EVERY, 0);
  private static final String AT_LEAST_PREFIX = "atleast:";

  /** Refuses a count that does not fit the rule. */
  public Join {
    if (kind == Kind.AT_LEAST ? count < 1 : count != 0) {
      throw new IllegalArgumentException(
          "A join of kind " + kind + " does not go with a count of " + count + ".");
    }
  }

  /** Every edge decided, at least one taken, none dead: the default. */
  public static Join all() {
    return ALL;
  }

  /** The first edge taken. */
  public static Join any() {
    return ANY;
  }

  /** As soon as {@code count} edges are taken. */
  public static Join atLeast(int count) {
    return new Join(Kind.AT_LEAST, count);
  }

  /** Every edge taken; a single skipped edge skips the node. */
  public static Join every() {
    return EVERY;
  }

  /** Reads the JSON form: {@code all}, {@code any}, {@code every} or {@code atLeast:n}. */
  public static Optional<Join> parse(String text) {
    String lower = text.toLowerCase(Locale.ROOT);
    return switch (lower) {
      case "all" -> Optional.of(ALL);
      case "any" -> Optional.of(ANY);
      case "every" -> Optional.of(EVERY);
      default -> parseAtLeast(lower);
    };
  }

  private static Optional<Join> parseAtLeast(String text) {
    if (!text.startsWith(AT_LEAST_PREFIX)) {
      return Optional.empty();
    }
    try {
      int count = Integer.parseInt(text.substring(AT_LEAST_PREFIX.length()));
      return count < 1 ? Optional.empty() : Optional.of(atLeast(count));
    } catch (NumberFormatException e) {
      return Optional.empty();
    }
  }

  /** The JSON form. */
  public String text() {
    return switch (kind) {
      case ALL -> "all";
      case ANY -> "any";
      case EVERY -> "every";
      case AT_LEAST -> "atLeast:" + count;
    };
  }
}
