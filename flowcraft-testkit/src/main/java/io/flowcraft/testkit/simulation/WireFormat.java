package io.flowcraft.testkit.simulation;

import io.flowcraft.json.JsonSerializer;
import io.flowcraft.spi.Commit;
import io.flowcraft.spi.EdgeDecision;
import io.flowcraft.spi.Entry;
import io.flowcraft.spi.Job;
import io.flowcraft.spi.Outcome;
import io.flowcraft.spi.Payload;
import io.flowcraft.spi.RunRecord;
import io.flowcraft.spi.Serializer;
import org.jspecify.annotations.Nullable;

/** Makes of what a process sends what another one gets: data that was text in between. */
final class WireFormat {

  private final Serializer serializer = new JsonSerializer();

  private @Nullable Payload text(@Nullable Payload payload) {
    return payload == null ? null : Payload.ofText(payload.text(), serializer);
  }

  private Payload require(Payload payload) {
    return Payload.ofText(payload.text(), serializer);
  }

  Job of(Job job) {
    return new Job(
        job.runId(),
        job.blueprintId(),
        job.epoch(),
        job.instance(),
        job.attempt(),
        text(job.input()),
        job.headers());
  }

  Commit of(Commit commit) {
    return new Commit(
        commit.runId(),
        commit.epoch(),
        commit.outcomes().stream().map(this::of).toList(),
        commit.entries().stream()
            .map(entry -> new Entry(entry.key(), text(entry.value()), entry.sequence()))
            .toList());
  }

  private Outcome of(Outcome outcome) {
    return new Outcome(
        outcome.instance(),
        outcome.nodeId(),
        outcome.path(),
        outcome.status(),
        outcome.sequence(),
        outcome.attempt(),
        text(outcome.output()),
        outcome.action(),
        outcome.routing().stream().map(this::of).toList(),
        text(outcome.detail()),
        outcome.wakeUpAtMillis(),
        outcome.startedAtMillis(),
        outcome.endedAtMillis());
  }

  private EdgeDecision of(EdgeDecision edge) {
    return new EdgeDecision(edge.edge(), edge.state(), edge.transformed(), text(edge.value()));
  }

  RunRecord of(RunRecord run) {
    return new RunRecord(
        run.runId(),
        run.blueprintId(),
        run.blueprintHash(),
        require(run.blueprint()),
        run.parentRunId(),
        run.parentInstance(),
        require(run.initialContext()),
        require(run.options()),
        run.status(),
        text(run.summary()),
        run.epoch(),
        run.deadlineMillis(),
        run.createdAtMillis(),
        run.beganAtMillis(),
        run.updatedAtMillis(),
        run.token());
  }

  @Nullable Payload summary(@Nullable Payload summary) {
    return text(summary);
  }
}
