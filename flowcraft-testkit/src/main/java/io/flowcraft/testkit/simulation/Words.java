package io.flowcraft.testkit.simulation;

import io.flowcraft.spi.Commit;
import io.flowcraft.spi.Completion;
import io.flowcraft.spi.CompletionAnswer;
import io.flowcraft.spi.Job;
import io.flowcraft.spi.Outcome;
import io.flowcraft.spi.RunPage;
import io.flowcraft.spi.RunProgress;
import io.flowcraft.spi.RunRecord;
import io.flowcraft.spi.RunSlice;
import io.flowcraft.spi.RunState;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What is sent between processes and backends, in a few words. */
final class Words {

  private Words() {}

  static String of(@Nullable Object value) {
    if (value instanceof Optional<?> optional) {
      return optional.isPresent() ? of(optional.get()) : "nothing";
    }
    if (value instanceof RunRecord run) {
      return run.runId() + " " + run.status() + " e" + run.epoch();
    }
    if (value instanceof RunSlice slice) {
      return slice.outcomes().values().stream().map(Words::of).toList().toString();
    }
    if (value instanceof RunPage page) {
      return page.runs().stream().map(Words::of).toList().toString();
    }
    if (value instanceof Outcome outcome) {
      return outcome.instance() + "=" + outcome.status() + "#" + outcome.sequence();
    }
    if (value instanceof RunProgress p) {
      return p.known()
          ? "open " + p.open() + ", parked " + p.parked() + (p.changed() ? ", changed" : "")
          : "unknown";
    }
    if (value instanceof CompletionAnswer answer) {
      return answer.verdict()
          + " #"
          + answer.sequence()
          + " resolves "
          + answer.resolved().stream().map(r -> r.target() + "=" + r.state()).toList()
          + ", open "
          + answer.open();
    }
    return value == null ? "done" : value.toString();
  }

  static String of(Commit commit) {
    return "commit "
        + of(commit.runId(), commit.epoch())
        + " "
        + commit.outcomes().stream().map(Words::of).toList()
        + (commit.entries().isEmpty()
            ? ""
            : commit.entries().stream().map(e -> e.key() + "#" + e.sequence()).toList());
  }

  static String of(Completion completion) {
    return "complete "
        + of(completion.runId(), completion.epoch())
        + " "
        + completion.instance()
        + completion.arrivals().stream()
            .map(a -> a.state().name().toLowerCase(Locale.ROOT) + ":" + a.target())
            .toList()
        + (completion.failed() ? " failed" : "");
  }

  static String of(RunState state) {
    return "open "
        + of(state.runId(), state.epoch())
        + " open "
        + state.open()
        + " decided "
        + state.decided();
  }

  static String of(List<Job> jobs) {
    return "enqueue "
        + jobs.stream()
            .map(job -> of(job.runId(), job.epoch()) + ":" + job.instance())
            .collect(Collectors.joining(", "));
  }

  static String of(String runId, long epoch) {
    return runId + " e" + epoch;
  }
}
