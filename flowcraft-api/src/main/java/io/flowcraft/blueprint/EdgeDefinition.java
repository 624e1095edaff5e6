package io.flowcraft.blueprint;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * An edge of a blueprint. An empty text counts as absent for action and condition.
 *
 * @param source the id of the node that it leaves
 * @param target the id of the node that it leads to
 * @param action taken only if the source's result names this action
 * @param condition taken only if this expression is true; it sees the context keys and {@code
 *     result}
 * @param transform the value that the edge delivers; it sees {@code input} and {@code context}
 * @param sourceLocation where a compiler found the edge, kept for messages
 */
public record EdgeDefinition(
    String source,
    String target,
    @Nullable String action,
    @Nullable String condition,
    @Nullable String transform,
    @Nullable SourceLocation sourceLocation) {

  /** Refuses an edge without ends. */
  public EdgeDefinition {
    Objects.requireNonNull(source, "source");
    Objects.requireNonNull(target, "target");
  }

  /** An unconditional edge. */
  public static EdgeDefinition of(String source, String target) {
    return new EdgeDefinition(source, target, null, null, null, null);
  }

  /** The same edge, taken for an action only. */
  public EdgeDefinition on(@Nullable String newAction) {
    return new EdgeDefinition(source, target, newAction, condition, transform, sourceLocation);
  }

  /** The same edge, taken under a condition only. */
  public EdgeDefinition when(@Nullable String newCondition) {
    return new EdgeDefinition(source, target, action, newCondition, transform, sourceLocation);
  }

  /** The same edge, delivering the value of an expression. */
  public EdgeDefinition transform(@Nullable String newTransform) {
    return new EdgeDefinition(source, target, action, condition, newTransform, sourceLocation);
  }

  /** Whether the edge waits for an action. */
  public boolean hasAction() {
    return action != null && !action.isEmpty();
  }

  /** Whether the edge has a condition. */
  public boolean hasCondition() {
    return condition != null && !condition.isEmpty();
  }
}
