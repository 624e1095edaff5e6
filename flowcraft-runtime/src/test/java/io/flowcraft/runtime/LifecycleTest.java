package io.flowcraft.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import io.flowcraft.error.ErrorCode;
import io.flowcraft.error.FlowcraftException;
import io.flowcraft.json.JsonSerializer;
import io.flowcraft.memory.InMemoryContextStore;
import io.flowcraft.run.NodeStatus;
import io.flowcraft.run.RunStatus;
import io.flowcraft.spi.Payload;
import io.flowcraft.spi.RunRecord;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The tables of the lives of runs and nodes, the page about them, and the store that keeps them.
 */
class LifecycleTest {

  private static final Path PAGE =
      Path.of(System.getProperty("basedir", ".")).resolve("../docs/lifecycle.md");

  private static RunRecord run(RunStatus status) {
    Payload empty = Payload.of(Map.of(), new JsonSerializer());
    return new RunRecord(
        "r", "b", "hash", empty, null, null, empty, empty, status, null, 1, null, 1, 1, 1, "token");
  }

  @ParameterizedTest
  @EnumSource(RunStatus.class)
  void aStoredRunGoesOnlyWhereTheTableLeads(RunStatus from) {
    for (RunStatus to : RunStatus.values()) {
      InMemoryContextStore store = new InMemoryContextStore();
      store.create(run(from));
      CompletableFuture<?> moved =
          store.transition("r", 1, EnumSet.of(from), to, null, 2).toCompletableFuture();
      RunStatus now = store.find("r").toCompletableFuture().join().orElseThrow().status();

      if (from == to || from.canBecome(to)) {
        assertThat(moved).as("%s to %s", from, to).isCompleted();
        assertThat(now).isEqualTo(to);
      } else {
        assertThat(moved)
            .as("%s to %s", from, to)
            .failsWithin(Duration.ZERO)
            .withThrowableThat()
            .havingCause()
            .isInstanceOfSatisfying(
                FlowcraftException.class,
                error -> {
                  assertThat(error.code()).isEqualTo(ErrorCode.RUN_STATE);
                  assertThat(error.getMessage()).contains("'r'", from.name(), to.name());
                });
        assertThat(now).isEqualTo(from);
      }
    }
  }

  @Test
  void aRunThatHasCompletedStaysSo() {
    assertThat(RunStatus.values())
        .filteredOn(status -> status.successors().isEmpty())
        .containsExactly(RunStatus.COMPLETED);
    assertThat(RunStatus.values())
        .filteredOn(RunStatus::isFinal)
        .allMatch(status -> Set.of(RunStatus.RUNNING).containsAll(status.successors()));
    assertThat(reached(RunStatus.RUNNING, RunStatus::successors))
        .hasSize(RunStatus.values().length);
  }

  @Test
  void aNodeThatIsDecidedStaysSo() {
    assertThat(NodeStatus.values())
        .allMatch(status -> status.isFinal() == status.successors().isEmpty());
    assertThat(reached(NodeStatus.WAITING, NodeStatus::successors))
        .containsExactlyInAnyOrder(NodeStatus.values());
  }

  private static <S> Set<S> reached(S start, Function<S, Set<S>> successors) {
    Set<S> reached = new LinkedHashSet<>();
    Deque<S> open = new ArrayDeque<>(Set.of(start));
    while (!open.isEmpty()) {
      S status = open.remove();
      if (reached.add(status)) {
        open.addAll(successors.apply(status));
      }
    }
    return reached;
  }

  @Test
  void thePageShowsTheTables() throws IOException {
    assertThat(Files.readString(PAGE))
        .as("docs/lifecycle.md; replace it by what was expected")
        .isEqualTo(page());
  }

  /** The page, made from the tables. */
  static String page() {
    return """
    # The lives of runs and nodes

    This page is made from the enums `RunStatus` and `NodeStatus`; a test compares it with them.

    ## Runs

    Out of a final status a run goes only by a retry or a repair.

    %s
    ## Node instances

    One node in one iteration. Repair verbs aside, a decided instance stays as it is.

    %s"""
        .formatted(
            tables(RunStatus.values(), RunStatus::successors, RunStatus::isFinal),
            tables(NodeStatus.values(), NodeStatus::successors, NodeStatus::isFinal));
  }

  private static <S extends Enum<S>> String tables(
      S[] statuses, Function<S, Set<S>> successors, Predicate<S> isFinal) {
    StringBuilder text = new StringBuilder("```mermaid\nstateDiagram-v2\n");
    text.append("    [*] --> ").append(statuses[0]).append('\n');
    for (S from : statuses) {
      for (S to : successors.apply(from)) {
        text.append("    ").append(from).append(" --> ").append(to).append('\n');
      }
    }
    for (S status : statuses) {
      if (isFinal.test(status)) {
        text.append("    ").append(status).append(" --> [*]\n");
      }
    }
    text.append("```\n\n| from | final | to |\n|---|---|---|\n");
    for (S from : statuses) {
      String to =
          successors.apply(from).stream().map(s -> "`" + s + "`").collect(Collectors.joining(", "));
      text.append("| `").append(from).append("` | ").append(isFinal.test(from) ? "yes" : "no");
      text.append(" | ").append(to.isEmpty() ? "–" : to).append(" |\n");
    }
    return text.toString();
  }
}
