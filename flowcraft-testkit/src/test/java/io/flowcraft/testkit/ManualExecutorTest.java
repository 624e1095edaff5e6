package io.flowcraft.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ManualExecutorTest {

  private final ManualExecutor executor = new ManualExecutor();
  private final List<String> log = new ArrayList<>();

  @Test
  void tasksWaitUntilTheyAreRun() {
    executor.execute(() -> log.add("a"));
    executor.execute(() -> log.add("b"));
    assertThat(log).isEmpty();
    assertThat(executor.size()).isEqualTo(2);

    assertThat(executor.runNext()).isTrue();

    assertThat(log).containsExactly("a");
    assertThat(executor.drain()).isEqualTo(1);
    assertThat(executor.runNext()).isFalse();
  }

  @Test
  void drainingRunsWhatTasksHandIn() {
    executor.execute(() -> executor.execute(() -> log.add("inner")));

    assertThat(executor.drain()).isEqualTo(2);

    assertThat(log).containsExactly("inner");
  }

  @Test
  void endlessWorkIsAnError() {
    executor.execute(this::again);

    assertThatThrownBy(() -> executor.drain(100))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("ran 100 tasks and 1 still wait");
  }

  private void again() {
    executor.execute(this::again);
  }

  @Test
  void failuresReachTheTest() {
    executor.execute(
        () -> {
          throw new IllegalArgumentException("boom");
        });

    assertThatThrownBy(executor::drain).hasMessage("boom");
  }
}
