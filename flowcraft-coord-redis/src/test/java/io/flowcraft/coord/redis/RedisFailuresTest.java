package io.flowcraft.coord.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.flowcraft.blueprint.Join;
import io.flowcraft.error.ErrorCode;
import io.flowcraft.error.FlowcraftException;
import io.flowcraft.spi.Arrival;
import io.flowcraft.spi.Completion;
import io.flowcraft.spi.CompletionAnswer;
import io.flowcraft.spi.CompletionAnswer.Verdict;
import io.flowcraft.spi.EdgeState;
import io.flowcraft.spi.JoinSpec;
import io.flowcraft.spi.RunProgress;
import io.flowcraft.spi.RunState;
import io.flowcraft.testservers.RedisServer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A Redis that forgets, stands still, goes away and comes back, older than it was. */
class RedisFailuresTest {

  private static final Duration TIMEOUT = Duration.ofMillis(300);
  private static final int RETRIES = 1;
  private static final long EPOCH = 5;
  private static final String RUN = "run";

  private final RedisServer server = new RedisServer("--appendonly", "yes");
  private RedisCoordinationStore store;

  @BeforeEach
  void connect() {
    server.start();
    store = RedisCoordinationStore.open(settings());
  }

  private RedisSettings settings() {
    return RedisSettings.at(server.address()).withTimeout(TIMEOUT, RETRIES);
  }

  @AfterEach
  void disconnect() {
    store.close();
    server.close();
  }

  @Test
  void aServerWithoutOurScriptsIsSentThem() {
    open(EPOCH);
    assertThat(complete(EPOCH, "a").verdict()).isEqualTo(Verdict.WON);

    admin("SCRIPT FLUSH");

    assertThat(complete(EPOCH, "b").verdict()).isEqualTo(Verdict.WON);
    assertThat(answer(() -> store.get("nothing"))).isNull();
  }

  @Test
  void aServerThatIsEmptiedDoesNotKnowTheRun() {
    open(EPOCH);
    complete(EPOCH, "a");

    admin("FLUSHALL");

    assertThat(complete(EPOCH, "a")).isEqualTo(CompletionAnswer.UNKNOWN_RUN);
    assertThat(park(EPOCH, "b")).isEqualTo(RunProgress.UNKNOWN);
    assertThat(open(EPOCH + 1).changed()).isTrue();
  }

  @Test
  void aServerThatStandsStillFailsCallsInTimeAndGoesOnAfterwards() {
    open(EPOCH);
    server.pause();

    assertThatThrownBy(() -> complete(EPOCH, "a")).satisfies(RedisFailuresTest::isBackendFailure);
    assertThatThrownBy(() -> answer(() -> store.get("key")))
        .satisfies(RedisFailuresTest::isBackendFailure);

    server.resume();
    // The call may have taken effect: with the same token the answer is the same either way.
    assertThat(eventually(() -> store.complete(completion(EPOCH, "a"))).verdict())
        .isEqualTo(Verdict.WON);
    assertThat(complete(EPOCH, "a").sequence()).isEqualTo(1);
  }

  @Test
  void valuesThatAreChangedWhileTheServerStandsStillAreChangedOnce() {
    server.pause();
    CompletionStage<Boolean> lease = store.setIfAbsent("lease", "mine", Duration.ofHours(1));
    CompletionStage<Long> count = store.increment("count", Duration.ofHours(1));
    server.resume();

    assertThat(answer(() -> lease)).isTrue();
    assertThat(answer(() -> count)).isEqualTo(1);
    assertThat(answer(() -> store.setIfAbsent("lease", "other", Duration.ofHours(1)))).isFalse();
    assertThat(answer(() -> store.delete("lease"))).isTrue();
  }

  @Test
  void aServerThatIsGoneFailsCallsInTimeAndIsFoundAgain() {
    open(EPOCH);
    server.kill();

    assertThatThrownBy(() -> complete(EPOCH, "a")).satisfies(RedisFailuresTest::isBackendFailure);

    server.start();
    RunProgress progress = eventually(() -> store.open(state(EPOCH + 1)));
    assertThat(progress.known()).isTrue();
    assertThat(complete(EPOCH + 1, "a").verdict()).isEqualTo(Verdict.WON);
  }

  /** C-55: the file may lack the last second, and nobody can tell. */
  @Test
  void aRunThatComesOutOfAFileIsUnknownUntilItsNextEpoch() {
    open(EPOCH);
    complete(EPOCH, "a");
    server.restart();
    try (RedisCoordinationStore after = RedisCoordinationStore.open(settings())) {
      store.close();
      store = after;
      assertThat(keys()).as("the run that is still there").isEqualTo(1);

      assertThat(complete(EPOCH, "a")).isEqualTo(CompletionAnswer.UNKNOWN_RUN);
      assertThat(park(EPOCH, "b")).isEqualTo(RunProgress.UNKNOWN);
      assertThat(open(EPOCH)).isEqualTo(RunProgress.UNKNOWN);
      assertThat(open(EPOCH - 1)).isEqualTo(RunProgress.UNKNOWN);

      assertThat(open(EPOCH + 1).changed()).isTrue();
      assertThat(complete(EPOCH + 1, "a").verdict()).isEqualTo(Verdict.WON);
    }
  }

  /** C-55: a replica that lagged takes over, then the old master again. */
  @Test
  void aRunOnAReplicaThatTakesOverIsUnknownUntilItsNextEpoch() {
    try (RedisServer replica = new RedisServer()) {
      replica.start();
      open(EPOCH);
      Admin.follow(replica.address(), server.address());
      complete(EPOCH, "a");

      Admin.say(replica.address(), "REPLICAOF NO ONE");

      RedisSettings there = RedisSettings.at(replica.address()).withTimeout(TIMEOUT, RETRIES);
      try (RedisCoordinationStore promoted = RedisCoordinationStore.open(there)) {
        assertThat(answer(() -> promoted.complete(completion(EPOCH, "b"))))
            .isEqualTo(CompletionAnswer.UNKNOWN_RUN);
        Admin.follow(server.address(), replica.address());
        admin("REPLICAOF NO ONE");
        assertThat(eventually(() -> store.complete(completion(EPOCH, "b"))))
            .as("the old master, which has what the replica had")
            .isEqualTo(CompletionAnswer.UNKNOWN_RUN);
      }
    }
  }

  @Test
  void aLargeStateLeavesNothingBesideTheRun() {
    List<String> many = IntStream.range(0, 10_000).mapToObj(i -> "n" + i).toList();
    RunState large = new RunState(RUN, EPOCH, 0, 0, many, List.of("a"), List.of(), List.of());
    assertThat(answer(() -> store.open(large)).changed()).isTrue();
    assertThat(keys()).as("nothing but the run").isEqualTo(1);
    assertThat(answer(() -> store.complete(completion(EPOCH, "n9999"))).verdict())
        .isEqualTo(Verdict.LOST);
  }

  @Test
  void aRunIsOneKeyThatExpires() {
    open(EPOCH);
    Arrival half = new Arrival("join", "edge", EdgeState.TAKEN, new JoinSpec(Join.all(), 2));
    answer(() -> store.complete(new Completion(RUN, EPOCH, "a", "token", false, List.of(half))));

    assertThat(keys()).isEqualTo(1);
    long left = Admin.number(server.address(), "PTTL flowcraft:run:{run}");
    assertThat(Duration.ofMillis(left))
        .isBetween(
            RedisSettings.DEFAULT_RUN_TIME_TO_LIVE.minusMinutes(5),
            RedisSettings.DEFAULT_RUN_TIME_TO_LIVE);
  }

  private long keys() {
    return Admin.number(server.address(), "DBSIZE");
  }

  private static RunState state(long epoch) {
    return RunState.begin(RUN, epoch, List.of("a", "b"));
  }

  private RunProgress open(long epoch) {
    return answer(() -> store.open(state(epoch)));
  }

  private static Completion completion(long epoch, String instance) {
    return new Completion(RUN, epoch, instance, "token", false, List.of());
  }

  private CompletionAnswer complete(long epoch, String instance) {
    return answer(() -> store.complete(completion(epoch, instance)));
  }

  private RunProgress park(long epoch, String instance) {
    return answer(() -> store.park(RUN, epoch, instance));
  }

  private static <T> T answer(Supplier<CompletionStage<T>> call) {
    return call.get().toCompletableFuture().join();
  }

  /** The answer when the client has found the server again. */
  private static <T> T eventually(Supplier<CompletionStage<T>> call) {
    for (int tries = 100; ; tries--) {
      try {
        return answer(call);
      } catch (CompletionException e) {
        if (tries == 0) {
          throw e;
        }
      }
    }
  }

  private static void isBackendFailure(Throwable error) {
    assertThat(error.getCause())
        .isInstanceOfSatisfying(
            FlowcraftException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.BACKEND));
  }

  private void admin(String command) {
    Admin.say(server.address(), command);
  }
}
