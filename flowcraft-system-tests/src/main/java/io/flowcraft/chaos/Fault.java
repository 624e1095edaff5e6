package io.flowcraft.chaos;

/** What can befall a fleet. */
enum Fault {
  /** A worker is killed, and started again after a while. */
  WORKER_KILLED,
  /** A worker stands still, mostly for longer than its leases hold, and goes on. */
  WORKER_PAUSED,
  /** Kafka is killed, and started again on its data. */
  KAFKA_KILLED,
  /** Kafka stands still, and goes on. */
  KAFKA_PAUSED,
  /** Cassandra is killed, and started again on its data. */
  CASSANDRA_KILLED,
  /** Cassandra stands still, and goes on. */
  CASSANDRA_PAUSED,
  /** Redis is killed, and started again on what it has written down: a little may be missing. */
  REDIS_KILLED,
  /** Redis is killed, and started again empty. */
  REDIS_EMPTIED,
  /** Redis stands still, and goes on. */
  REDIS_PAUSED;

  /** What it befalls: two faults at a time befall two things. */
  String target() {
    return name().substring(0, name().indexOf('_'));
  }
}
