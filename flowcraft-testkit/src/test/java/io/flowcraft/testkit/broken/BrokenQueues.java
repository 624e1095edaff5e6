package io.flowcraft.testkit.broken;

import io.flowcraft.memory.InMemoryJobQueue;
import io.flowcraft.spi.Delivery;
import io.flowcraft.spi.Job;
import io.flowcraft.spi.JobQueue;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/** Queues that break one rule each. */
final class BrokenQueues {

  private static final CompletionStage<Void> DONE = CompletableFuture.completedFuture(null);

  private BrokenQueues() {}

  /** By rule: what the kit says, and how to break a good queue. */
  static Map<String, Broken<JobQueue>> all() {
    Map<String, Broken<JobQueue>> all = new LinkedHashMap<>();
    addAccepting(all);
    addEnding(all);
    addSharing(all);
    addLifetimes(all);
    return all;
  }

  private static void addAccepting(Map<String, Broken<JobQueue>> all) {
    all.put("Q-1", enqueueing("no delivery within", jobs -> without(jobs, "node-7")));
    all.put("Q-2", Broken.of("no delivery within", BrokenQueues::forgetfulUntilConsumed));
    all.put("Q-3", enqueueing("the job as it was handed in", BrokenQueues::withoutHeaders));
  }

  private static void addEnding(Map<String, Broken<JobQueue>> all) {
    all.put(
        "Q-4",
        delivering(
            "delivered again",
            delivery ->
                new ForwardingJobQueue.ForwardingDelivery(delivery) {
                  @Override
                  public void acknowledge() {
                    if (job().instance().startsWith("node")) {
                      delivery.acknowledge();
                    } else {
                      delivery.release();
                    }
                  }
                }));
    all.put(
        "Q-5",
        delivering(
            "no delivery within",
            delivery ->
                new ForwardingJobQueue.ForwardingDelivery(delivery) {
                  @Override
                  public void release() {
                    delivery.acknowledge();
                  }
                }));
    all.put(
        "Q-6",
        delivering(
            "the count of the delivery after a release",
            delivery ->
                new ForwardingJobQueue.ForwardingDelivery(delivery) {
                  @Override
                  public int deliveryCount() {
                    return 1;
                  }
                }));
    all.put("Q-7", rejecting("delivered again", Delivery::release));
    all.put(
        "Q-8",
        rejecting("the rejected job with its reason", delivery -> delivery.reject("unknown")));
  }

  private static void addSharing(Map<String, Broken<JobQueue>> all) {
    all.put("Q-9", consuming("a fourth delivery while three are open", maxInFlight -> 100));
    all.put("Q-10", consuming("no delivery within", maxInFlight -> 1));
    all.put("Q-11", Broken.of("delivered again", BrokenQueues::endingAgain));
    all.put(
        "Q-12",
        Broken.of("threads that handlers ran on", good -> new InMemoryJobQueue(Runnable::run)));
    all.put("Q-13", enqueueing("jobs delivered twice", BrokenQueues::twice));
    all.put("Q-14", Broken.of("Q-14", BrokenQueues::neverClosing));
    all.put("Q-15", Broken.of("no delivery within", BrokenQueues::deafAfterSubscription));
    all.put("Q-16", Broken.of("no delivery within", BrokenQueues::swallowing));
  }

  private static void addLifetimes(Map<String, Broken<JobQueue>> all) {
    all.put(
        "Q-17",
        delivering(
            "was handed out again",
            delivery ->
                new ForwardingJobQueue.ForwardingDelivery(delivery) {
                  @Override
                  public void extend() {}
                }));
    all.put("Q-18", Broken.of("no delivery within", good -> new InMemoryJobQueue(Runnable::run)));
    all.put("Q-19", Broken.of("closed already", BrokenQueues::closingOnce));
    all.put("Q-20", Broken.of("a closed queue refuses jobs", BrokenQueues::acceptingWhenClosed));
    all.put("Q-21", Broken.of("no answer within", BrokenQueues::silentAboutNothing));
    all.put("Q-22", Broken.of("no delivery within", BrokenQueues::forOneThread));
    all.put(
        "Q-23",
        Broken.of(
            "no delivery within", good -> new InMemoryJobQueue(task -> new Thread(task).start())));
    all.put("Q-24", consuming("maxInFlight 0", maxInFlight -> Math.max(1, maxInFlight)));
  }

  private static Broken<JobQueue> enqueueing(String words, UnaryOperator<List<Job>> change) {
    return Broken.of(
        words,
        good ->
            new ForwardingJobQueue(good) {
              @Override
              public CompletionStage<Void> enqueue(List<Job> jobs) {
                return good.enqueue(change.apply(jobs));
              }
            });
  }

  private static Broken<JobQueue> consuming(String words, UnaryOperator<Integer> maxInFlight) {
    return Broken.of(
        words,
        good ->
            new ForwardingJobQueue(good) {
              @Override
              public Subscription consume(Consumer<Delivery> handler, int limit) {
                return good.consume(handler, maxInFlight.apply(limit));
              }
            });
  }

  private static Broken<JobQueue> delivering(String words, UnaryOperator<Delivery> change) {
    return Broken.of(
        words,
        good ->
            new ForwardingJobQueue(good) {
              @Override
              Delivery wrap(Delivery delivery) {
                return change.apply(delivery);
              }
            });
  }

  private static Broken<JobQueue> rejecting(String words, Consumer<Delivery> instead) {
    return delivering(
        words,
        delivery ->
            new ForwardingJobQueue.ForwardingDelivery(delivery) {
              @Override
              public void reject(String reason) {
                instead.accept(delivery);
              }
            });
  }

  private static List<Job> without(List<Job> jobs, String instance) {
    return jobs.stream().filter(job -> !job.instance().equals(instance)).toList();
  }

  private static List<Job> withoutHeaders(List<Job> jobs) {
    return jobs.stream()
        .map(
            job ->
                new Job(
                    job.runId(),
                    job.blueprintId(),
                    job.epoch(),
                    job.instance(),
                    job.attempt(),
                    job.input(),
                    Map.of()))
        .toList();
  }

  private static List<Job> twice(List<Job> jobs) {
    List<Job> twice = new ArrayList<>(jobs);
    twice.addAll(jobs);
    return twice;
  }

  private static JobQueue forgetfulUntilConsumed(JobQueue good) {
    AtomicBoolean consumed = new AtomicBoolean();
    return new ForwardingJobQueue(good) {
      @Override
      public CompletionStage<Void> enqueue(List<Job> jobs) {
        return consumed.get() ? good.enqueue(jobs) : DONE;
      }

      @Override
      public Subscription consume(Consumer<Delivery> handler, int maxInFlight) {
        consumed.set(true);
        return good.consume(handler, maxInFlight);
      }
    };
  }

  private static JobQueue endingAgain(JobQueue good) {
    return new ForwardingJobQueue(good) {
      @Override
      Delivery wrap(Delivery delivery) {
        return new ForwardingDelivery(delivery) {
          @Override
          public void reject(String reason) {
            good.enqueue(List.of(job())).toCompletableFuture().join();
          }
        };
      }
    };
  }

  private static JobQueue neverClosing(JobQueue good) {
    return new ForwardingJobQueue(good) {
      @Override
      public Subscription consume(Consumer<Delivery> handler, int maxInFlight) {
        good.consume(handler, maxInFlight);
        return () -> {};
      }
    };
  }

  private static JobQueue deafAfterSubscription(JobQueue good) {
    return new ForwardingJobQueue(good) {
      @Override
      public Subscription consume(Consumer<Delivery> handler, int maxInFlight) {
        AtomicBoolean closed = new AtomicBoolean();
        Subscription open =
            good.consume(
                delivery ->
                    handler.accept(
                        new ForwardingDelivery(delivery) {
                          @Override
                          public void release() {
                            if (!closed.get()) {
                              delivery.release();
                            }
                          }
                        }),
                maxInFlight);
        return () -> {
          closed.set(true);
          open.close();
        };
      }
    };
  }

  private static JobQueue swallowing(JobQueue good) {
    return new ForwardingJobQueue(good) {
      @Override
      public Subscription consume(Consumer<Delivery> handler, int maxInFlight) {
        return good.consume(
            delivery -> {
              try {
                handler.accept(delivery);
              } catch (IllegalStateException e) {
                delivery.acknowledge();
              }
            },
            maxInFlight);
      }
    };
  }

  private static JobQueue closingOnce(JobQueue good) {
    AtomicBoolean closed = new AtomicBoolean();
    return new ForwardingJobQueue(good) {
      @Override
      public void close() {
        good.close();
        if (closed.getAndSet(true)) {
          throw new IllegalStateException("The queue is closed already.");
        }
      }
    };
  }

  private static JobQueue acceptingWhenClosed(JobQueue good) {
    AtomicBoolean closed = new AtomicBoolean();
    return new ForwardingJobQueue(good) {
      @Override
      public CompletionStage<Void> enqueue(List<Job> jobs) {
        return closed.get() ? DONE : good.enqueue(jobs);
      }

      @Override
      public void close() {
        closed.set(true);
        good.close();
      }
    };
  }

  private static JobQueue silentAboutNothing(JobQueue good) {
    return new ForwardingJobQueue(good) {
      @Override
      public CompletionStage<Void> enqueue(List<Job> jobs) {
        return jobs.isEmpty() ? new CompletableFuture<>() : good.enqueue(jobs);
      }
    };
  }

  private static JobQueue forOneThread(JobQueue good) {
    AtomicReference<Thread> only = new AtomicReference<>();
    return new ForwardingJobQueue(good) {
      @Override
      public CompletionStage<Void> enqueue(List<Job> jobs) {
        only.compareAndSet(null, Thread.currentThread());
        return only.get() == Thread.currentThread() ? good.enqueue(jobs) : DONE;
      }
    };
  }
}
