package io.flowcraft.runtime.internal.engine;

import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * The thread that executes user code at the moment, so that a cancellation can interrupt it and
 * nothing else: when {@link #leave} returns, no interrupt of ours is pending or on its way.
 */
final class UserThread {

  private final AtomicReference<@Nullable Thread> current = new AtomicReference<>();

  void enter() {
    current.set(Thread.currentThread());
  }

  void leave() {
    Thread self = Thread.currentThread();
    if (!current.compareAndSet(self, null)) {
      while (current.get() != null) {
        Thread.onSpinWait();
      }
      Thread.interrupted();
    }
  }

  /** Interrupts the user code, if there is any. */
  void interrupt() {
    Thread thread = current.get();
    if (thread != null && current.compareAndSet(thread, InterruptMarker.THREAD)) {
      thread.interrupt();
      current.set(null);
    }
  }

  /** Stands for an interrupt on its way. */
  private static final class InterruptMarker {
    static final Thread THREAD = new Thread("flowcraft-interrupt-marker");
  }
}
