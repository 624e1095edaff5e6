package io.flowcraft.state.cassandra;

import com.datastax.oss.driver.api.core.CqlSession;
import io.flowcraft.json.JsonSerializer;
import io.flowcraft.run.NodeStatus;
import io.flowcraft.run.RunStatus;
import io.flowcraft.spi.Entry;
import io.flowcraft.spi.Outcome;
import io.flowcraft.spi.Payload;
import io.flowcraft.spi.ProviderContext;
import io.flowcraft.spi.RunRecord;
import io.flowcraft.spi.Serializer;
import io.flowcraft.spi.TimeSource;
import io.flowcraft.testservers.CassandraAddress;
import io.flowcraft.testservers.TestServers;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** The real server that the tests of this module share, one session to it, and what they store. */
final class Server {

  static final long EPOCH = 3;

  private static final Serializer JSON = new JsonSerializer();
  private static @Nullable CqlSession session;

  private Server() {}

  static synchronized CqlSession session() {
    if (session == null) {
      CassandraAddress address = TestServers.cassandra();
      session =
          CqlSession.builder()
              .addContactPoints(address.contactPoints())
              .withLocalDatacenter(address.datacenter())
              .build();
    }
    return session;
  }

  /** A keyspace that no other test uses. */
  static String keyspace(String suffix) {
    return "t_"
        + suffix
        + "_"
        + Long.toString(UUID.randomUUID().getMostSignificantBits() >>> 1, 36);
  }

  /** Settings for tables that are created. */
  static CassandraSettings.Builder settings(String keyspace) {
    return CassandraSettings.builder()
        .session(session())
        .keyspace(keyspace)
        .timeout(Duration.ofSeconds(20))
        .schema(CassandraSettings.SchemaMode.CREATE);
  }

  static ProviderContext context() {
    return new ProviderContext(Map.of(), JSON, new Time(), ForkJoinPool.commonPool());
  }

  static CassandraContextStore open(String keyspace) {
    return CassandraContextStore.open(settings(keyspace).build(), context());
  }

  static <T extends @Nullable Object> T answer(CompletionStage<T> stage) throws Exception {
    return stage.toCompletableFuture().get(60, TimeUnit.SECONDS);
  }

  static Payload json(String text) {
    return Payload.ofText(text, JSON);
  }

  static RunRecord run(String id) {
    return new RunRecord(
        id,
        "blueprint",
        "hash",
        json("{\"id\":\"blueprint\"}"),
        null,
        null,
        json("{}"),
        json("{}"),
        RunStatus.RUNNING,
        null,
        EPOCH,
        null,
        1_700_000_000_000L,
        1_700_000_000_000L,
        1_700_000_000_000L,
        "token-of-" + id);
  }

  static Outcome completed(String instance, long sequence) {
    return outcome(instance, NodeStatus.COMPLETED, sequence, null);
  }

  static Outcome outcome(
      String instance, NodeStatus status, long sequence, @Nullable Long wakeUpAt) {
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
        wakeUpAt,
        1,
        2);
  }

  static Entry entry(String key, String json, long sequence) {
    return new Entry(key, json(json), sequence);
  }

  /** The time of the process, counted from its start, so that it never goes back. */
  private static final class Time implements TimeSource {

    @Override
    public Instant now() {
      // The clock of the JVM's own management: milliseconds, which the store makes distinct.
      return Instant.ofEpochMilli(
          ManagementFactory.getRuntimeMXBean().getStartTime()
              + ManagementFactory.getRuntimeMXBean().getUptime());
    }

    @Override
    public Timer schedule(Duration delay, Runnable task) {
      CompletableFuture<Void> future =
          CompletableFuture.runAsync(
              task, CompletableFuture.delayedExecutor(delay.toMillis(), TimeUnit.MILLISECONDS));
      return () -> future.cancel(false);
    }
  }
}
