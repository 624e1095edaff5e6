package io.flowcraft.runtime;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Asks backends for something small, all at the same time. */
final class HealthCheck {

  private final List<Probe> probes;

  HealthCheck(List<Probe> probes) {
    this.probes = List.copyOf(probes);
  }

  /** How one backend is asked. */
  record Probe(String role, String backend, Supplier<CompletionStage<?>> question) {

    private CompletableFuture<?> ask() {
      try {
        return question.get().toCompletableFuture();
      } catch (RuntimeException e) {
        return CompletableFuture.failedFuture(e);
      }
    }
  }

  /** Blocks until all have answered, or for so long at most. */
  Health ask(Duration patience) {
    List<CompletableFuture<?>> answers = new ArrayList<>();
    probes.forEach(probe -> answers.add(probe.ask()));
    boolean interrupted = !await(answers, patience);
    List<Health.Dependency> dependencies = new ArrayList<>();
    for (int i = 0; i < answers.size(); i++) {
      String missing =
          interrupted
              ? "the check was interrupted"
              : "no answer within " + patience.toMillis() + " ms";
      String problem = answers.get(i).isDone() ? failure(answers.get(i)) : missing;
      dependencies.add(
          new Health.Dependency(probes.get(i).role(), probes.get(i).backend(), problem));
    }
    return new Health(dependencies);
  }

  /** False if the thread was interrupted while it waited. */
  private static boolean await(List<CompletableFuture<?>> answers, Duration patience) {
    CompletableFuture<?> settled =
        CompletableFuture.allOf(
            answers.stream()
                .map(answer -> answer.handle((value, failure) -> value))
                .toArray(CompletableFuture<?>[]::new));
    try {
      settled.get(patience.toNanos(), TimeUnit.NANOSECONDS);
      return true;
    } catch (TimeoutException e) {
      return true; // who has not answered is not done
    } catch (ExecutionException e) {
      throw new IllegalStateException("failures are handled one by one", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private static @Nullable String failure(CompletableFuture<?> answer) {
    try {
      answer.getNow(null);
      return null;
    } catch (CancellationException e) {
      return "the question was cancelled";
    } catch (CompletionException e) {
      Throwable cause = e.getCause() == null ? e : e.getCause();
      return cause.getMessage() == null ? cause.toString() : cause.getMessage();
    }
  }
}
