package io.flowcraft.runtime;

import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Whether the backends of a runtime answer. One that does not for a while is no reason to end the
 * process: what needs it waits, and goes on by itself.
 *
 * @param dependencies the backends
 */
public record Health(List<Dependency> dependencies) {

  /** A copy of the list. */
  public Health {
    dependencies = List.copyOf(dependencies);
  }

  /** Whether all backends answer. */
  public boolean isUp() {
    return dependencies.stream().allMatch(Dependency::isUp);
  }

  /** One line, with what is wrong if something is. */
  @Override
  public String toString() {
    return dependencies.stream().map(Dependency::toString).collect(Collectors.joining("; "));
  }

  /**
   * A backend.
   *
   * @param role what it does: {@code state}, {@code coordination} or {@code queue}
   * @param backend the name of its provider
   * @param problem why it is taken for down; null if it answers
   */
  public record Dependency(String role, String backend, @Nullable String problem) {

    /** Whether it answers. */
    public boolean isUp() {
      return problem == null;
    }

    @Override
    public String toString() {
      return role + " (" + backend + ") " + (problem == null ? "is up" : "is down: " + problem);
    }
  }
}
