package io.flowcraft.runtime.internal.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.flowcraft.error.ErrorCode;
import io.flowcraft.error.FlowcraftException;
import io.flowcraft.run.RunStatus;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The engine asks for no move that the table does not have. */
class MovesTest {

  @ParameterizedTest
  @EnumSource(RunStatus.class)
  void onlyTheWaysOfTheTableAreOpen(RunStatus from) {
    for (RunStatus to : RunStatus.values()) {
      if (from.canBecome(to)) {
        assertThatCode(() -> Moves.requireWay("r", from, to)).doesNotThrowAnyException();
      } else {
        FlowcraftException error =
            catchThrowableOfType(FlowcraftException.class, () -> Moves.requireWay("r", from, to));
        assertThat(error.code()).isEqualTo(ErrorCode.BUG);
        assertThat(error.getMessage())
            .contains("'r'", from.name(), to.name(), from.successors().toString());
      }
    }
  }
}
