package io.flowcraft.runtime.internal.engine;

import java.util.concurrent.locks.ReentrantLock;

/**
 * Keeps the threads of this process from creating, adopting or mending one run at the same time.
 * Runs share locks, so whoever holds one asks for no other.
 */
final class RunLocks {

  private static final int COUNT = 256;

  private final ReentrantLock[] locks = new ReentrantLock[COUNT];

  RunLocks() {
    for (int i = 0; i < COUNT; i++) {
      locks[i] = new ReentrantLock();
    }
  }

  /** The lock of a run. */
  ReentrantLock of(String runId) {
    int hash = runId.hashCode();
    return locks[(hash ^ hash >>> 16) & (COUNT - 1)];
  }
}
