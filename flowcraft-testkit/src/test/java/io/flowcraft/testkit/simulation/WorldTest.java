package io.flowcraft.testkit.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class WorldTest {

  private final World world = new World(Choices.none());
  private final Host host = new Host("p1", world, Duration.ofSeconds(2));
  private final List<String> happened = new ArrayList<>();

  @Test
  void theOldestTaskComesFirstIfNothingElseIsChosen() {
    world.ready(() -> happened.add("a"));
    host.execute(() -> happened.add("b"));
    run();

    assertThat(happened).containsExactly("a", "b");
  }

  @Test
  void timePassesWhenNothingIsReady() {
    world.after(Duration.ofSeconds(2), () -> happened.add("later at " + world.millis()));
    world.after(Duration.ofSeconds(1), () -> happened.add("sooner at " + world.millis()));
    world.ready(() -> happened.add("now at " + world.millis()));
    run();

    assertThat(happened).containsExactly("now at 0", "sooner at 1000", "later at 2000");
  }

  @Test
  void theClockOfAProcessIsSkewed() {
    assertThat(Duration.between(world.now(), host.now())).isEqualTo(Duration.ofSeconds(2));
  }

  @Test
  void nothingOfAKilledProcessHappens() {
    host.execute(() -> happened.add("task"));
    host.schedule(Duration.ofSeconds(1), () -> happened.add("timer"));
    host.kill();
    host.execute(() -> happened.add("late task"));
    run();

    assertThat(happened).isEmpty();
    assertThat(host.isAlive()).isFalse();
  }

  @Test
  void whatAPausedProcessIsAboutToDoWaits() {
    host.execute(() -> happened.add("task at " + world.millis()));
    host.schedule(Duration.ofSeconds(1), () -> happened.add("timer at " + world.millis()));
    host.pause();
    world.after(Duration.ofSeconds(5), host::resume);
    run();

    assertThat(happened).containsExactly("task at 5000", "timer at 5000");
  }

  @Test
  void whoeverWaitsLetsTheWorldGoOn() {
    Answer<String> answer = new Answer<>(host);
    host.execute(() -> happened.add("got " + answer.join() + " at " + world.millis()));
    world.after(Duration.ofSeconds(1), () -> answer.complete("it"));
    run();

    assertThat(happened).containsExactly("got it at 1000");
  }

  @Test
  void whatFollowsAnAnswerCanBeWaitedForAsWell() {
    Answer<Integer> answer = new Answer<>(host);
    host.execute(() -> happened.add("got " + answer.thenApply(n -> n + 1).join()));
    world.ready(() -> answer.complete(1));
    run();

    assertThat(happened).containsExactly("got 2");
  }

  @Test
  void whoeverWaitsInAKilledProcessGoesNoFurther() {
    host.execute(
        () -> {
          new Answer<String>(host).join();
          happened.add("went on");
        });
    world.ready(host::kill);
    run();

    assertThat(happened).isEmpty();
  }

  @Test
  void whoeverHoldsAMonitorKeepsTheOthersOfTheProcessOut() {
    Object monitor = new Object();
    Answer<String> answer = new Answer<>(host);
    Host other = new Host("p2", world, Duration.ZERO);
    host.execute(
        () -> {
          world.afterOnTheWay(Duration.ofSeconds(1), () -> answer.complete(""));
          synchronized (monitor) {
            happened.add("waits");
            answer.join();
            happened.add("has waited");
          }
        });
    host.execute(() -> happened.add("same process"));
    other.execute(() -> happened.add("other process"));
    run();

    assertThat(happened).containsExactly("waits", "other process", "has waited", "same process");
  }

  @Test
  void whoeverHoldsNoMonitorKeepsNobodyOut() {
    Answer<String> answer = new Answer<>(host);
    host.execute(
        () -> {
          answer.join();
          happened.add("has waited");
        });
    host.execute(() -> happened.add("same process"));
    world.after(Duration.ofSeconds(1), () -> answer.complete(""));
    run();

    assertThat(happened).containsExactly("same process", "has waited");
  }

  @Test
  void thereIsAnEndOfTime() {
    world.after(Duration.ofSeconds(2), () -> happened.add("too late"));
    world.endsAfter(Duration.ofSeconds(1));
    run();

    assertThat(happened).isEmpty();
    assertThat(world.isOver()).isTrue();
    assertThatThrownBy(host::requireAlive).isInstanceOf(ProcessDeath.class);
  }

  @Test
  void whoeverGoesRoundInCirclesComesToAnEnd() {
    circle();
    run();

    assertThat(world.isOver()).isTrue();
    assertThat(world.millis()).isZero();
  }

  private void circle() {
    world.ready(this::circle);
  }

  private void run() {
    boolean more = true;
    while (more) {
      more = world.step();
    }
  }
}
