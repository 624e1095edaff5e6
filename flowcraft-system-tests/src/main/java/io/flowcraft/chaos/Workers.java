package io.flowcraft.chaos;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The workers of a fleet. */
final class Workers implements AutoCloseable {

  private final List<WorkerProcess> all = new ArrayList<>();

  /** Starts workers and waits until all of them take jobs. */
  Workers(int count, Map<String, String> properties) {
    for (int i = 0; i < count; i++) {
      all.add(new WorkerProcess(i, properties));
    }
    try {
      all.forEach(WorkerProcess::start);
      all.forEach(WorkerProcess::awaitReady);
    } catch (RuntimeException e) {
      close();
      throw e;
    }
  }

  WorkerProcess get(int worker) {
    return all.get(worker);
  }

  int size() {
    return all.size();
  }

  /** Starts those that do not run, and waits until they take jobs. */
  void heal() {
    all.forEach(WorkerProcess::start);
    all.forEach(WorkerProcess::awaitReady);
  }

  @Override
  public void close() {
    all.forEach(WorkerProcess::close);
  }
}
