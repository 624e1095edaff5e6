package io.flowcraft.systemtests;

import static org.assertj.core.api.Assertions.assertThat;

import io.flowcraft.flow.Flow;
import io.flowcraft.run.RunStatus;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Tests of a theme. Each plays a run on a stack and in one process in memory, and expects the same:
 * status, route, outputs, errors and data, whenever the run is at rest.
 */
@ExtendWith(Crews.class)
abstract class Suite {

  /** Plays on the stack and in memory. */
  static List<Observed> play(Stack stack, Flow flow, Consumer<Play> script) {
    Play here = new Play(Crews.on(stack), flow);
    script.accept(here);
    try (Crew alone = new Crew(Stack.IN_MEMORY, "", builder -> {})) {
      Play reference = new Play(alone, flow);
      script.accept(reference);
      assertThat(here.seen()).isEqualTo(reference.seen());
    }
    return here.seen();
  }

  /** Runs to the end, which is not a failure. */
  static Observed completes(Stack stack, Flow flow) {
    List<Observed> seen =
        play(
            stack,
            flow,
            play -> {
              play.start();
              play.rest();
            });
    assertThat(seen).singleElement().extracting(Observed::status).isEqualTo(RunStatus.COMPLETED);
    return seen.get(0);
  }
}
