package io.flowcraft.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import io.flowcraft.flow.Flow;
import io.flowcraft.node.NodeResult;
import io.flowcraft.run.Resume;
import io.flowcraft.run.RunHandle;
import io.flowcraft.run.RunStatus;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A run takes as long as it takes, whenever it is looked at. */
class RunDurationTest {

  private final CompletableFuture<NodeResult> answer = new CompletableFuture<>();
  private final Lab lab = new Lab();

  @AfterEach
  void close() {
    lab.close();
  }

  private Flow asking() {
    return Flow.named("asking").nodeAsync("ask", c -> answer).build();
  }

  private static Flow waiting() {
    return Flow.named("waiting").wait("wait").build();
  }

  private void anHourPasses() {
    lab.advance(Duration.ofHours(1));
  }

  @Test
  void aRunningRunGrowsOlder() {
    RunHandle handle = lab.launch(asking(), "r");
    anHourPasses();

    assertThat(handle.snapshot().status()).isEqualTo(RunStatus.RUNNING);
    assertThat(handle.snapshot().duration()).isEqualTo(Duration.ofHours(1));
    anHourPasses();
    assertThat(handle.snapshot().duration()).isEqualTo(Duration.ofHours(2));
  }

  @Test
  void anEndedRunDoesNot() {
    RunHandle handle = lab.launch(asking(), "r");
    anHourPasses();
    answer.complete(NodeResult.none());
    lab.drain();
    anHourPasses();

    assertThat(handle.settled().toCompletableFuture().join().duration())
        .isEqualTo(Duration.ofHours(1));
    assertThat(handle.snapshot().duration()).isEqualTo(Duration.ofHours(1));
    assertThat(lab.runtime.handle("r").snapshot().duration()).isEqualTo(Duration.ofHours(1));
    assertThat(handle.snapshot().startedAt()).isEqualTo(TestTime.START);
  }

  @Test
  void noMoreDoesOneThatAnotherProcessHasEnded() {
    lab.launch(asking(), "r");
    anHourPasses();
    answer.complete(NodeResult.none());
    lab.drain();
    anHourPasses();

    try (Lab other = lab.successor(asking())) {
      RunHandle handle = other.runtime.handle("r");
      assertThat(handle.snapshot().duration()).isEqualTo(Duration.ofHours(1));
      assertThat(handle.settled().toCompletableFuture().join().duration())
          .isEqualTo(Duration.ofHours(1));
    }
  }

  @Test
  void aWaitingRunIsAsOldAsWhenItCameToRest() {
    RunHandle handle = lab.launch(waiting(), "r");
    anHourPasses();
    assertThat(handle.snapshot().duration()).isZero();

    RunHandle answered = lab.runtime.resume("r", "wait", Resume.empty());
    lab.drain();
    anHourPasses();

    assertThat(answered.snapshot().status()).isEqualTo(RunStatus.COMPLETED);
    assertThat(answered.snapshot().duration()).isEqualTo(Duration.ofHours(1));
  }
}
