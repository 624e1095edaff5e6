package io.flowcraft.chaos;

import io.flowcraft.testservers.CassandraServer;
import io.flowcraft.testservers.KafkaServer;
import io.flowcraft.testservers.RedisServer;
import io.flowcraft.testservers.Server;
import java.util.List;
import java.util.Map;

/** Servers and workers, all of them processes that nobody else uses. */
final class Fleet implements AutoCloseable {

  private static final int WORKERS = 3;

  private final KafkaServer kafka = new KafkaServer();
  private final CassandraServer cassandra = CassandraServer.durable();
  private final RedisServer redis = new RedisServer("--appendonly", "yes", "--maxmemory", "512mb");
  private final Map<String, String> properties;
  private final Workers workers;

  Fleet() {
    try {
      servers().forEach(Server::start);
      properties = Settings.of(kafka.address(), cassandra.address(), redis.address());
      properties.put(Settings.LOCK, "5000");
      workers = new Workers(WORKERS, properties);
    } catch (RuntimeException e) {
      servers().forEach(Server::close);
      throw e;
    }
  }

  private List<Server<?>> servers() {
    return List.of(cassandra, kafka, redis);
  }

  Map<String, String> properties() {
    return properties;
  }

  int size() {
    return workers.size();
  }

  void strike(Stroke stroke) {
    WorkerProcess worker = workers.get(stroke.worker());
    switch (stroke.fault()) {
      case WORKER_KILLED -> worker.kill();
      case WORKER_PAUSED -> worker.pause();
      case KAFKA_KILLED -> kafka.kill();
      case KAFKA_PAUSED -> kafka.pause();
      case CASSANDRA_KILLED -> cassandra.kill();
      case CASSANDRA_PAUSED -> cassandra.pause();
      case REDIS_KILLED -> redis.kill();
      case REDIS_EMPTIED -> {
        Redis.flush(redis.address());
        redis.kill();
      }
      case REDIS_PAUSED -> redis.pause();
    }
  }

  /** Blocks until a server answers again; a worker gets ready while the next fault comes. */
  void repair(Stroke stroke) {
    WorkerProcess worker = workers.get(stroke.worker());
    switch (stroke.fault()) {
      case WORKER_KILLED -> worker.start();
      case WORKER_PAUSED -> worker.resume();
      case KAFKA_KILLED -> kafka.start();
      case KAFKA_PAUSED -> kafka.resume();
      case CASSANDRA_KILLED -> cassandra.start();
      case CASSANDRA_PAUSED -> cassandra.resume();
      case REDIS_KILLED, REDIS_EMPTIED -> redis.start();
      case REDIS_PAUSED -> redis.resume();
    }
  }

  /** Brings back whatever does not run, and waits for it. */
  void heal() {
    servers().forEach(Server::start);
    workers.heal();
  }

  @Override
  public void close() {
    try {
      workers.close();
    } finally {
      servers().forEach(Server::close);
    }
  }
}
