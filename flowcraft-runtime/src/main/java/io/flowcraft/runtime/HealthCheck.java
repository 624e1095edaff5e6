package io.flowcraft.runtime;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
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
    long end = System.nanoTime() + patience.toNanos();
    List<CompletableFuture<?>> answers = new ArrayList<>();
    probes.forEach(probe -> answers.add(probe.ask()));
    List<Health.Dependency> dependencies = new ArrayList<>();
    for (int i = 0; i < answers.size(); i++) {
      String problem = problem(answers.get(i), end, patience);
      dependencies.add(
          new Health.Dependency(probes.get(i).role(), probes.get(i).backend(), problem));
    }
    return new Health(dependencies);
  }

  private static @Nullable String problem(
      CompletableFuture<?> answer, long end, Duration patience) {
    try {
      answer.get(Math.max(0, end - System.nanoTime()), TimeUnit.NANOSECONDS);
      return null;
    } catch (TimeoutException e) {
      return "no answer within " + patience.toMillis() + " ms";
    } catch (ExecutionException e) {
      Throwable cause = e.getCause() == null ? e : e.getCause();
      return String.valueOf(cause.getMessage());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return "the check was interrupted";
    }
  }
}
