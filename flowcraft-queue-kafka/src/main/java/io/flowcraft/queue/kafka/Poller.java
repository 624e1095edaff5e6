package io.flowcraft.queue.kafka;

import io.flowcraft.spi.TimeSource;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.WakeupException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A thread with a Kafka consumer. Whatever goes wrong, it begins again with another consumer, until
 * it is closed: a queue outlives every outage of its cluster.
 */
abstract class Poller implements Runnable {

  private static final Logger log = LoggerFactory.getLogger(Poller.class);

  private static final long PAUSE_MILLIS = 1_000;
  private static final long SILENT_MILLIS = 60_000;

  private final String name;
  private final TimeSource time;
  private final Thread thread;
  private long lastReport = Long.MIN_VALUE;
  private volatile boolean closed;

  Poller(String name, TimeSource time) {
    this.name = name;
    this.time = time;
    this.thread = new Thread(this, name);
    thread.setDaemon(true);
  }

  public final void start() {
    thread.start();
  }

  /** Opens a consumer, polls until the poller is closed, and closes the consumer. */
  abstract void poll();

  /** Makes a poll that waits return. Any thread. */
  abstract void wakeUp();

  @Override
  public final void run() {
    while (!closed) {
      try {
        poll();
      } catch (WakeupException e) {
        // Told to look whether it is closed.
      } catch (InterruptException e) {
        Thread.interrupted();
      } catch (KafkaException | IllegalStateException e) {
        report(e);
        pause();
      } catch (RuntimeException e) {
        report(e);
        pause();
      }
    }
  }

  private void report(RuntimeException error) {
    long now = time.millis();
    if (lastReport == Long.MIN_VALUE || now - lastReport >= SILENT_MILLIS) {
      lastReport = now;
      log.warn("{} can't receive jobs and begins again, until it can.", name, error);
    } else {
      log.debug("{} can't receive jobs.", name, error);
    }
  }

  private void pause() {
    long until = time.millis() + PAUSE_MILLIS;
    while (!closed && time.millis() < until) {
      LockSupport.parkNanos(this, TimeUnit.MILLISECONDS.toNanos(PAUSE_MILLIS));
    }
  }

  final boolean isClosed() {
    return closed;
  }

  final long now() {
    return time.millis();
  }

  final Thread thread() {
    return thread;
  }

  final String name() {
    return name;
  }

  /** Ends the polling soon; does not wait. A second call does nothing. */
  public void close() {
    closed = true;
    wakeUp();
    LockSupport.unpark(thread);
  }

  /** Waits until the thread has come to its end. */
  public final void await(long millis) {
    if (Thread.currentThread() == thread) {
      return;
    }
    try {
      thread.join(millis);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
