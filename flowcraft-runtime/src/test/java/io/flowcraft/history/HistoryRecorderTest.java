package io.flowcraft.history;

import static org.assertj.core.api.Assertions.assertThat;

import io.flowcraft.event.FlowEvent;
import io.flowcraft.event.FlowEvent.NodeBypassed;
import io.flowcraft.event.FlowEvent.NodeFinished;
import io.flowcraft.event.FlowEvent.NodeRetry;
import io.flowcraft.event.FlowEvent.NodeStarted;
import io.flowcraft.event.FlowEvent.RunFinished;
import io.flowcraft.event.FlowEvent.RunStarted;
import io.flowcraft.json.JsonSerializer;
import io.flowcraft.node.NodeResult;
import io.flowcraft.run.RunStatus;
import io.flowcraft.spi.HistoryEntry;
import io.flowcraft.spi.Payload;
import io.flowcraft.spi.ProviderContext;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class HistoryRecorderTest {

  private static final String RUN = Events.ORIGIN.runId();

  private final SlowStore store = new SlowStore();
  private final ManualTime time = new ManualTime();
  private final JsonSerializer json = new JsonSerializer();
  private final HistoryRecorder recorder = recorder(1);

  private HistoryRecorder recorder(long seed) {
    return new HistoryRecorder(
        store.asStore(),
        new ProviderContext(Map.of(), json, time, Runnable::run),
        new Random(seed));
  }

  private static FlowEvent started(String nodeId) {
    return new NodeStarted(Events.ORIGIN, nodeId, "", false, null);
  }

  private static List<String> nodes(SlowStore.Append append) {
    return append.entries().stream()
        .map(entry -> EventJson.read(entry.body().value()))
        .map(event -> ((NodeStarted) event).nodeId())
        .toList();
  }

  private void hear(String... nodeIds) {
    for (String nodeId : nodeIds) {
      recorder.onEvent(started(nodeId));
    }
  }

  private CompletableFuture<Void> flush() {
    return recorder.flush(RUN).toCompletableFuture();
  }

  @Test
  void anEventIsStoredWithItsTypeItsTimeAndItsMembers() {
    FlowEvent event = new RunStarted(Events.ORIGIN);
    recorder.onEvent(event);
    store.answerRead();

    HistoryEntry entry = store.last().entries().get(0);
    assertThat(store.last().runId()).isEqualTo(RUN);
    assertThat(entry.type()).isEqualTo("workflow:start");
    assertThat(entry.atMillis()).isEqualTo(Events.ORIGIN.at().toEpochMilli());
    assertThat(EventJson.read(json.deserialize(entry.body().text()))).isEqualTo(event);
  }

  @Test
  void whatComesWhileTheStoreIsAtWorkIsStoredTogetherAndInOrder() {
    hear("a");
    hear("b");
    store.answerRead();
    assertThat(nodes(store.last())).containsExactly("a", "b");
    hear("c", "d", "e");
    assertThat(store.appends).hasSize(1);

    store.last().answer().complete(null);

    assertThat(store.appends).hasSize(2);
    assertThat(nodes(store.last())).containsExactly("c", "d", "e");
    store.last().answer().complete(null);
    assertThat(store.appends).hasSize(2);
    assertThat(store.appends.stream().flatMap(append -> append.entries().stream()))
        .extracting(HistoryEntry::sequence)
        .isSorted()
        .doesNotHaveDuplicates();
  }

  @Test
  void aLongBacklogIsStoredPieceByPiece() {
    for (int i = 0; i < 1_000; i++) {
      hear("n" + i);
    }
    store.answerRead();
    for (int answered = 0; answered < store.appends.size(); answered++) {
      assertThat(store.appends).hasSize(answered + 1);
      store.last().answer().complete(null);
    }
    assertThat(store.appends.size()).isBetween(2, 20);
    assertThat(store.appends.stream().mapToInt(append -> append.entries().size()).sum())
        .isEqualTo(1_000);
  }

  @Test
  void runsDoNotWaitForEachOther() {
    hear("a");
    recorder.onEvent(new RunStarted(Events.CHILD));
    store.answerRead();

    assertThat(store.last().runId()).isEqualTo(Events.CHILD.runId());
  }

  @Test
  void recordingGoesOnBehindWhatAnotherProcessRecorded() {
    long ahead = Long.MAX_VALUE >> 4;
    hear("a", "b");
    store.answerRead(
        new HistoryEntry(3, 0, "workflow:start", Payload.of(Map.of(), json)),
        new HistoryEntry(ahead, 0, "node:start", Payload.of(Map.of(), json)));

    assertThat(store.last().entries())
        .extracting(HistoryEntry::sequence)
        .isSorted()
        .allSatisfy(sequence -> assertThat(sequence).isGreaterThan(ahead));
    assertThat(store.reads).hasSize(1);
  }

  @Test
  void flushWaitsForTheEventsBeforeItAndNoOthers() {
    assertThat(flush()).isCompleted();
    hear("a");
    CompletableFuture<Void> first = flush();
    store.answerRead();
    hear("b");
    CompletableFuture<Void> second = flush();
    assertThat(first).isNotDone();

    store.last().answer().complete(null);

    assertThat(first).isCompleted();
    assertThat(second).isNotDone();
    store.last().answer().complete(null);
    assertThat(second).isCompleted();
    assertThat(flush()).isCompleted();
  }

  @Test
  void aFailedAppendIsRepeatedAsItWas() {
    hear("a");
    store.answerRead();
    SlowStore.Append failed = store.last();
    failed.answer().completeExceptionally(new IllegalStateException("no answer"));
    hear("b");
    CompletableFuture<Void> stored = flush();
    assertThat(store.appends).hasSize(1);

    time.runNext();

    assertThat(store.last().entries()).isEqualTo(failed.entries());
    store.last().answer().complete(null);
    assertThat(nodes(store.last())).containsExactly("b");
    store.last().answer().complete(null);
    assertThat(stored).isCompleted();
  }

  @Test
  void whatCanNotBeStoredIsGivenUpAndTheRestGoesOn() {
    hear("lost");
    CompletableFuture<Void> lost = flush();
    store.answerRead();
    IllegalStateException failure = new IllegalStateException("no answer");
    store.last().answer().completeExceptionally(failure);
    while (!time.tasks.isEmpty()) {
      time.runNext();
      store.last().answer().completeExceptionally(failure);
    }
    assertThat(store.appends.size()).isBetween(3, 10);
    assertThat(lost).isCompletedExceptionally();

    hear("kept");

    assertThat(nodes(store.last())).containsExactly("kept");
    store.last().answer().complete(null);
    assertThat(flush()).isCompleted();
  }

  @Test
  void aHistoryThatCanNotBeReadKeepsNothingFromBeingStored() {
    hear("a");
    IllegalStateException failure = new IllegalStateException("no answer");
    store.reads.get(0).completeExceptionally(failure);
    while (!time.tasks.isEmpty()) {
      time.runNext();
      store.reads.get(store.reads.size() - 1).completeExceptionally(failure);
    }

    assertThat(nodes(store.last())).containsExactly("a");
  }

  @Test
  void aStoreThatThrowsIsAskedAgainAndTheEngineNeverKnows() {
    store.throwing = true;
    hear("a", "b");
    store.throwing = false;

    time.runNext();
    store.answerRead();

    assertThat(nodes(store.last())).containsExactly("a", "b");
  }

  @Test
  void aRunThatHasEndedIsForgottenAndFoundAgain() {
    hear("a");
    store.answerRead();
    recorder.onEvent(new RunFinished(Events.ORIGIN, RunStatus.FAILED, List.of()));
    store.last().answer().complete(null);
    store.last().answer().complete(null);
    assertThat(store.reads).hasSize(1);

    hear("again");

    assertThat(store.reads).hasSize(2);
  }

  @Test
  void resultsThatAreMoreThanDataLoseWhatIsNoData() {
    Object odd = new Thread("no data");
    NodeResult result = NodeResult.output(1).withAction("ok").with("odd", odd);
    recorder.onEvent(new NodeFinished(Events.ORIGIN, "a", "", result));
    recorder.onEvent(new NodeFinished(Events.ORIGIN, "a", "", NodeResult.output(odd)));
    recorder.onEvent(new NodeBypassed(Events.ORIGIN, "b", "", "why not"));
    store.answerRead();

    assertThat(store.last().types()).containsExactly("node:finish", "node:bypass");
    NodeFinished read = (NodeFinished) EventJson.read(store.last().entries().get(0).body().value());
    assertThat(read.result())
        .usingRecursiveComparison()
        .isEqualTo(NodeResult.output(1).withAction("ok"));
  }

  @Test
  void nothingIsRecordedAfterTheEnd() {
    hear("a");
    store.answerRead();
    store.last().answer().complete(null);
    recorder.close();
    recorder.onEvent(new NodeRetry(Events.ORIGIN, "a", "", 1, "late"));
    recorder.close();

    assertThat(store.appends).hasSize(1);
  }
}
