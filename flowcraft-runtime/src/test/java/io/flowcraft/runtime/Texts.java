package io.flowcraft.runtime;

import io.flowcraft.spi.Commit;
import io.flowcraft.spi.EdgeDecision;
import io.flowcraft.spi.Entry;
import io.flowcraft.spi.HistoryEntry;
import io.flowcraft.spi.Job;
import io.flowcraft.spi.Outcome;
import io.flowcraft.spi.Payload;
import io.flowcraft.spi.RunRecord;
import io.flowcraft.spi.Serializer;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Makes a backend in memory keep nothing but text, as one behind a network does. */
final class Texts {

  private final Serializer serializer;
  private final List<String> written = new ArrayList<>();

  Texts(Serializer serializer) {
    this.serializer = serializer;
  }

  /** Every text that a backend was handed. */
  List<String> written() {
    synchronized (written) {
      return List.copyOf(written);
    }
  }

  /** A backend that gets text only. */
  <T> T only(Class<T> type, T backend) {
    return type.cast(
        Proxy.newProxyInstance(
            type.getClassLoader(),
            new Class<?>[] {type},
            (proxy, method, arguments) -> {
              for (int i = 0; arguments != null && i < arguments.length; i++) {
                arguments[i] = text(arguments[i]);
              }
              try {
                return method.invoke(backend, arguments);
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            }));
  }

  private @Nullable Object text(@Nullable Object argument) {
    if (argument instanceof List<?> list) {
      return list.stream().map(this::text).toList();
    }
    if (argument instanceof Payload payload) {
      return payload(payload);
    }
    if (argument instanceof Commit commit) {
      return new Commit(
          commit.runId(),
          commit.epoch(),
          commit.outcomes().stream().map(this::outcome).toList(),
          commit.entries().stream()
              .map(entry -> new Entry(entry.key(), payload(entry.value()), entry.sequence()))
              .toList());
    }
    if (argument instanceof HistoryEntry entry) {
      return new HistoryEntry(
          entry.sequence(), entry.atMillis(), entry.type(), payload(entry.body()));
    }
    if (argument instanceof Job job) {
      return new Job(
          job.runId(),
          job.blueprintId(),
          job.epoch(),
          job.instance(),
          job.attempt(),
          payload(job.input()),
          job.headers());
    }
    return argument instanceof RunRecord run ? run(run) : argument;
  }

  private @Nullable Payload payload(@Nullable Payload payload) {
    if (payload == null) {
      return null;
    }
    synchronized (written) {
      written.add(payload.text());
    }
    return Payload.ofText(payload.text(), serializer);
  }

  private Outcome outcome(Outcome outcome) {
    return new Outcome(
        outcome.instance(),
        outcome.nodeId(),
        outcome.path(),
        outcome.status(),
        outcome.sequence(),
        outcome.attempt(),
        payload(outcome.output()),
        outcome.action(),
        outcome.routing().stream()
            .map(e -> new EdgeDecision(e.edge(), e.state(), e.transformed(), payload(e.value())))
            .toList(),
        payload(outcome.detail()),
        outcome.wakeUpAtMillis(),
        outcome.startedAtMillis(),
        outcome.endedAtMillis());
  }

  private RunRecord run(RunRecord run) {
    return new RunRecord(
        run.runId(),
        run.blueprintId(),
        run.blueprintHash(),
        payload(run.blueprint()),
        run.parentRunId(),
        run.parentInstance(),
        payload(run.initialContext()),
        payload(run.options()),
        run.status(),
        payload(run.summary()),
        run.epoch(),
        run.deadlineMillis(),
        run.createdAtMillis(),
        run.beganAtMillis(),
        run.updatedAtMillis(),
        run.token());
  }
}
