package io.flowcraft.benchmarks.distributed;

import com.datastax.oss.driver.api.core.ConsistencyLevel;
import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.config.DefaultDriverOption;
import com.datastax.oss.driver.api.core.config.DriverConfigLoader;
import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;
import org.redisson.Redisson;
import org.redisson.api.RScript;
import org.redisson.api.RedissonClient;
import org.redisson.client.codec.StringCodec;
import org.redisson.config.Config;

/**
 * The same work without an engine: for each step a record through Kafka, one script in Redis, one
 * row in Cassandra, and only then the record of the next step. It knows no joins, no definition, no
 * retries, and nobody goes on with what a process leaves behind.
 */
final class RawLoop implements Contender {

  private static final String SCRIPT =
      "local won = redis.call('HSETNX', KEYS[1], ARGV[1], ARGV[2]) "
          + "local n = redis.call('HINCRBY', KEYS[1], 'n', 1) "
          + "redis.call('PEXPIRE', KEYS[1], 600000) "
          + "return won * n";
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final String KEYSPACE =
      "CREATE KEYSPACE IF NOT EXISTS raw WITH replication ="
          + " {'class': 'SimpleStrategy', 'replication_factor': 1}";
  private static final String TABLE =
      "CREATE TABLE IF NOT EXISTS raw.steps (run text, step int, result text,"
          + " PRIMARY KEY ((run), step))";

  private final String topic;
  private final String name = Long.toHexString(System.nanoTime());
  private final CqlSession session;
  private final PreparedStatement insert;
  private final RedissonClient redisson;
  private final RScript script;
  private final String sha;
  private final Producer<byte[], byte[]> producer;
  private final RawConsumers consumers;
  private final AtomicLong runs = new AtomicLong();
  private final Map<String, CompletableFuture<Void>> open = new ConcurrentHashMap<>();

  RawLoop(Servers servers, String queueMode) {
    this.topic = "raw-" + queueMode;
    this.session =
        CqlSession.builder()
            .addContactPoints(servers.cassandra().contactPoints())
            .withLocalDatacenter(servers.cassandra().datacenter())
            .withConfigLoader(patient())
            .build();
    session.execute(KEYSPACE);
    session.execute(TABLE);
    this.insert = session.prepare("INSERT INTO raw.steps (run, step, result) VALUES (?, ?, ?)");
    Config config = new Config();
    config.setNettyThreads(4);
    config
        .useSingleServer()
        .setAddress(servers.redis())
        .setConnectionPoolSize(8)
        .setConnectionMinimumIdleSize(8);
    this.redisson = Redisson.create(config);
    this.script = redisson.getScript(StringCodec.INSTANCE);
    this.sha = script.scriptLoad(SCRIPT);
    RawConsumers.createTopic(servers.kafka(), topic);
    this.producer =
        new KafkaProducer<>(
            Map.of("bootstrap.servers", servers.kafka(), "acks", "all", "linger.ms", 0),
            new ByteArraySerializer(),
            new ByteArraySerializer());
    this.consumers = new RawConsumers(servers.kafka(), topic, queueMode, this::step);
  }

  /** It has nobody who would ask again, so it must not give up on a server that is busy. */
  private static DriverConfigLoader patient() {
    return DriverConfigLoader.programmaticBuilder()
        .withString(DefaultDriverOption.PROTOCOL_VERSION, "V4")
        .withInt(DefaultDriverOption.CONNECTION_MAX_REQUESTS, 32_768)
        .withDuration(DefaultDriverOption.REQUEST_TIMEOUT, PATIENCE)
        .withDuration(DefaultDriverOption.HEARTBEAT_TIMEOUT, PATIENCE)
        .withDuration(DefaultDriverOption.CONTROL_CONNECTION_TIMEOUT, PATIENCE)
        .build();
  }

  @Override
  public Runner prepare(Load load) {
    return new RawRunner(this, load);
  }

  private CompletionStage<Void> run(int steps) {
    String run = name + "-" + runs.incrementAndGet();
    CompletableFuture<Void> done = new CompletableFuture<>();
    open.put(run, done);
    send(run, 1, steps);
    return done;
  }

  private void send(String run, int step, int steps) {
    byte[] value = (run + ":" + step + ":" + steps).getBytes(StandardCharsets.UTF_8);
    Future<?> unused =
        producer.send(
            new ProducerRecord<>(topic, value),
            (metadata, error) -> {
              if (error != null) {
                fail(run, error);
              }
            });
  }

  /** One step; the stage completes when its row is written. */
  private CompletionStage<?> step(byte[] record) {
    String[] parts = new String(record, StandardCharsets.UTF_8).split(":", 3);
    String run = parts[0];
    int step = Integer.parseInt(parts[1]);
    int steps = Integer.parseInt(parts[2]);
    return script
        .<Long>evalShaAsync(
            RScript.Mode.READ_WRITE,
            sha,
            RScript.ReturnType.LONG,
            List.of("raw:{" + run + "}"),
            parts[1],
            "t")
        .thenCompose(
            number ->
                session.executeAsync(
                    insert.bind(run, step, "1").setConsistencyLevel(ConsistencyLevel.LOCAL_QUORUM)))
        .whenComplete((rows, error) -> stepped(run, step, steps, error));
  }

  private void stepped(String run, int step, int steps, @Nullable Throwable error) {
    if (error != null) {
      fail(run, error);
    } else if (step < steps) {
      send(run, step + 1, steps);
    } else {
      CompletableFuture<Void> done = open.remove(run);
      if (done != null) {
        done.complete(null);
      }
    }
  }

  private void fail(String run, Throwable error) {
    CompletableFuture<Void> done = open.remove(run);
    if (done != null) {
      done.completeExceptionally(error);
    }
  }

  @Override
  public void close() {
    consumers.close();
    producer.close();
    redisson.shutdown();
    session.close();
  }

  private record RawRunner(RawLoop loop, Load load) implements Runner {

    @Override
    public int inFlight() {
      return load.rawChains();
    }

    @Override
    public int steps() {
      return load.rawSteps();
    }

    @Override
    public CompletionStage<?> start() {
      return loop.run(load.rawSteps());
    }
  }
}
