package io.flowcraft.runtime.internal.engine;

import java.util.concurrent.atomic.AtomicReferenceFieldUpdater;
import org.jspecify.annotations.Nullable;

/**
 * The thread that executes user code at the moment, so that a cancellation can interrupt it and
 * nothing else: when {@link #leave} returns, no interrupt of ours is pending or on its way.
 */
final class UserThread {

  private static final AtomicReferenceFieldUpdater<UserThread, @Nullable Thread> CURRENT =
      AtomicReferenceFieldUpdater.newUpdater(UserThread.class, Thread.class, "current");

  private volatile @Nullable Thread current;

  void enter() {
    current = Thread.currentThread();
  }

  void leave() {
    Thread self = Thread.currentThread();
    if (!CURRENT.compareAndSet(this, self, null)) {
      while (current != null) {
        Thread.onSpinWait();
      }
      Thread.interrupted();
    }
  }

  /** Interrupts the user code, if there is any. */
  void interrupt() {
    Thread thread = current;
    if (thread != null && CURRENT.compareAndSet(this, thread, InterruptMarker.THREAD)) {
      thread.interrupt();
      current = null;
    }
  }

  /** Stands for an interrupt on its way. */
  private static final class InterruptMarker {
    static final Thread THREAD = new Thread("flowcraft-interrupt-marker");
  }
}
