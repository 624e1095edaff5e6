package io.flowcraft.testkit.spi;

import io.flowcraft.spi.Job;
import io.flowcraft.spi.JobQueue;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** One trial of a job queue. */
final class QueueTrial extends Trial {

  final JobQueueCompatibilityKit kit;
  final String runId = name("run");
  private final List<JobQueue> opened = new ArrayList<>();
  private final List<QueueProbe> probes = new ArrayList<>();

  /** The queue under test. */
  final JobQueue queue;

  QueueTrial(JobQueueCompatibilityKit kit) throws Exception {
    super(kit.patience());
    this.kit = kit;
    this.queue = open();
  }

  /** Another object for the same queue. */
  JobQueue open() throws Exception {
    JobQueue another = kit.openQueue();
    opened.add(another);
    return another;
  }

  Job job(int number) {
    return job("node-" + number);
  }

  Job job(String instance) {
    return new Job(runId, "kit", 1, instance, 1, null, Map.of());
  }

  List<Job> jobs(int count) {
    return IntStream.range(0, count).mapToObj(this::job).toList();
  }

  void enqueue(String rule, List<Job> jobs) {
    answer(rule, queue.enqueue(jobs));
  }

  QueueProbe consume(int maxInFlight) {
    return consume(queue, maxInFlight);
  }

  QueueProbe consume(JobQueue from, int maxInFlight) {
    QueueProbe probe = new QueueProbe(this);
    probe.start(from, maxInFlight);
    probes.add(probe);
    return probe;
  }

  void close() {
    probes.forEach(QueueProbe::close);
    opened.forEach(JobQueue::close);
  }
}
