package io.flowcraft.testkit.spi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import io.flowcraft.spi.Payload;
import io.flowcraft.spi.Serializer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/** One trial of a backend: names nobody else uses, and waiting that has an end. */
class Trial {

  private static final Duration POLL = Duration.ofMillis(5);

  private final Duration patience;
  private final String name = "kit-" + UUID.randomUUID();

  Trial(Duration patience) {
    this.patience = patience;
  }

  /** A name of this trial's own, the same for the same suffix. */
  final String name(String suffix) {
    return name + "-" + suffix;
  }

  final Duration patience() {
    return patience;
  }

  /** The answer; fails if it does not come, or is an error. */
  final <T extends @Nullable Object> T answer(String rule, CompletionStage<T> stage) {
    try {
      return stage.toCompletableFuture().get(patience.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      return fail(rule + ": no answer within " + patience, e);
    } catch (ExecutionException e) {
      return fail(rule + ": an error instead of an answer: " + e.getCause(), e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return fail(rule + ": interrupted", e);
    }
  }

  /** Waits until a condition holds. */
  final void eventually(String description, BooleanSupplier condition) {
    for (long tries = patience.dividedBy(POLL); tries > 0; tries--) {
      if (condition.getAsBoolean()) {
        return;
      }
      pause();
    }
    assertThat(condition.getAsBoolean()).as("%s, within %s", description, patience).isTrue();
  }

  private static void pause() {
    try {
      // Nobody counts it down: a wait between two looks, for backends that answer from afar.
      new CountDownLatch(1).await(POLL.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("Interrupted while waiting", e);
    }
  }

  /** The answers to calls that begin at the same time, each on a thread of its own. */
  final <T extends @Nullable Object> List<T> together(
      String rule, int count, IntFunction<CompletionStage<T>> call) {
    CountDownLatch start = new CountDownLatch(1);
    List<CompletableFuture<T>> answers = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      int number = i;
      CompletableFuture<T> answer = new CompletableFuture<>();
      answers.add(answer);
      Thread thread = new Thread(() -> callAfter(start, number, call, answer), name("" + i));
      thread.setDaemon(true);
      thread.start();
    }
    start.countDown();
    List<T> results = new ArrayList<>();
    for (CompletableFuture<T> answer : answers) {
      results.add(answer(rule, answer));
    }
    return results;
  }

  private static <T extends @Nullable Object> void callAfter(
      CountDownLatch start,
      int number,
      IntFunction<CompletionStage<T>> call,
      CompletableFuture<T> answer) {
    try {
      start.await();
      answer.complete(call.apply(number).toCompletableFuture().join());
    } catch (CompletionException e) {
      answer.completeExceptionally(e.getCause() == null ? e : e.getCause());
    } catch (InterruptedException | RuntimeException e) {
      answer.completeExceptionally(e);
    }
  }

  /** A payload with this JSON text. */
  static Payload json(String text) {
    return Payload.ofText(text, TextSerializer.INSTANCE);
  }

  /** Backends have no reason to look into a payload; the texts of the kits are never decoded. */
  private enum TextSerializer implements Serializer {
    INSTANCE;

    @Override
    public String serialize(@Nullable Object data) {
      throw new UnsupportedOperationException("The payloads of the kit are texts.");
    }

    @Override
    public @Nullable Object deserialize(String text) {
      throw new UnsupportedOperationException(
          "A backend asked for the data of a payload; expected: only its text.");
    }
  }
}
