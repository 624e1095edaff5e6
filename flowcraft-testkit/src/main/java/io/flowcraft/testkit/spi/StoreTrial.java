package io.flowcraft.testkit.spi;

import io.flowcraft.run.NodeStatus;
import io.flowcraft.run.RunStatus;
import io.flowcraft.spi.Commit;
import io.flowcraft.spi.ContextStore;
import io.flowcraft.spi.Entry;
import io.flowcraft.spi.Outcome;
import io.flowcraft.spi.RunQuery;
import io.flowcraft.spi.RunRecord;
import io.flowcraft.spi.RunSlice;
import io.flowcraft.spi.Selection;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** One trial of a context store. */
final class StoreTrial extends Trial {

  final ContextStoreCompatibilityKit kit;
  private final List<ContextStore> opened = new ArrayList<>();

  /** The run that most tests work with. */
  final String runId = name("run");

  /** A blueprint that no other trial runs. */
  final String blueprintId = name("blueprint");

  /** The epoch that the runs of a trial begin in: no number that a backend comes to by itself. */
  static final long EPOCH = 3;

  /** The store under test. */
  final ContextStore store;

  StoreTrial(ContextStoreCompatibilityKit kit) throws Exception {
    super(kit.patience());
    this.kit = kit;
    this.store = open();
  }

  /** Another object for the same store. */
  ContextStore open() throws Exception {
    ContextStore another = kit.openStore();
    opened.add(another);
    return another;
  }

  void close() {
    opened.forEach(ContextStore::close);
  }

  RunRecord run(String id) {
    return run(id, "token-of-" + id);
  }

  RunRecord run(String id, String token) {
    return new RunRecord(
        id,
        blueprintId,
        "hash-1",
        json("{\"id\":\"kit\"}"),
        null,
        null,
        json("{\"order\":42}"),
        json("{}"),
        RunStatus.RUNNING,
        null,
        EPOCH,
        null,
        1_700_000_000_123L,
        1_700_000_000_123L,
        1_700_000_000_123L,
        token);
  }

  /** Stores the run that most tests work with. */
  RunRecord create(String rule) {
    return answer(rule, store.create(run(runId)));
  }

  Optional<RunRecord> find(String rule) {
    return answer(rule, store.find(runId));
  }

  static Outcome outcome(String instance, NodeStatus status, long sequence) {
    return new Outcome(
        instance,
        instance,
        "",
        status,
        sequence,
        1,
        json("\"output " + sequence + "\""),
        null,
        List.of(),
        null,
        null,
        1_700_000_000_200L,
        1_700_000_000_300L);
  }

  static Outcome completed(String instance, long sequence) {
    return outcome(instance, NodeStatus.COMPLETED, sequence);
  }

  /** An outcome of one iteration of a node in a loop. */
  static Outcome iteration(String nodeId, int number, NodeStatus status, long sequence) {
    Outcome plain = outcome(nodeId + "@rows#" + number, status, sequence);
    return new Outcome(
        plain.instance(),
        nodeId,
        "rows#" + number,
        status,
        sequence,
        1,
        plain.output(),
        null,
        List.of(),
        null,
        null,
        plain.startedAtMillis(),
        plain.endedAtMillis());
  }

  static Entry entry(String key, @Nullable String json, long sequence) {
    return new Entry(key, json == null ? null : json(json), sequence);
  }

  void commit(String rule, Outcome... outcomes) {
    answer(rule, store.commit(new Commit(runId, EPOCH, List.of(outcomes), List.of())));
  }

  void commit(String rule, Entry... entries) {
    answer(rule, store.commit(new Commit(runId, EPOCH, List.of(), List.of(entries))));
  }

  void commitIn(String rule, long epoch, Outcome... outcomes) {
    answer(rule, store.commit(new Commit(runId, epoch, List.of(outcomes), List.of())));
  }

  Optional<RunSlice> fence(String rule, long epoch, String... retracted) {
    return answer(rule, store.fence(runId, epoch, List.of(retracted)));
  }

  RunSlice read(String rule, Selection selection) {
    return answer(rule, store.read(runId, selection));
  }

  @Nullable Outcome outcomeOf(String rule, String instance) {
    return read(rule, Selection.outcomes(List.of(instance))).outcomes().get(instance);
  }

  @Nullable Entry entryOf(String rule, String key) {
    return read(rule, Selection.latest(List.of(), List.of(key))).entries().get(key);
  }

  /** The ids of the runs of this trial's blueprint in these statuses; none for all. */
  List<String> listed(String rule, RunStatus... statuses) {
    RunQuery query = new RunQuery(Set.of(statuses), blueprintId, null, 1000);
    return answer(rule, store.list(query)).runs().stream().map(RunRecord::runId).toList();
  }
}
