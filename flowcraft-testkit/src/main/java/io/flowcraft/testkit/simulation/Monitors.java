package io.flowcraft.testkit.simulation;

import java.lang.StackWalker.StackFrame;
import java.lang.management.ManagementFactory;
import java.lang.management.MonitorInfo;
import java.lang.management.ThreadInfo;
import java.lang.management.ThreadMXBean;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/**
 * Knows whether a task holds a monitor. All processes share one thread, which could enter any
 * monitor again where another thread of a process would have to wait.
 *
 * <p>Asking the machine is slow. As the answer depends on nothing but the way that the task has
 * taken through the code, it is kept for each way.
 */
final class Monitors {

  private static final StackWalker WALKER = StackWalker.getInstance();
  private static final String WORLD = World.class.getName();
  private static final long FACTOR = 0x9E37_79B9_7F4A_7C15L;

  private static final Map<Long, Boolean> KNOWN = new ConcurrentHashMap<>();

  private Monitors() {}

  /** Whether the task that calls this holds a monitor. */
  static boolean isHeld() {
    long way = WALKER.walk(Monitors::way);
    Boolean known = KNOWN.get(way);
    if (known == null) {
      known = ask();
      KNOWN.put(way, known);
    }
    return known;
  }

  /** Identifies the way from the beginning of the task to here. */
  private static long way(Stream<StackFrame> frames) {
    return frames
        .dropWhile(frame -> !isTask(frame.getClassName()))
        .takeWhile(frame -> !frame.getClassName().equals(WORLD))
        .mapToLong(Monitors::place)
        .reduce(0, (way, place) -> (way + place) * FACTOR);
  }

  private static boolean isTask(String className) {
    return !className.equals(WORLD) && !className.equals(Monitors.class.getName());
  }

  private static long place(StackFrame frame) {
    long method = 31L * frame.getClassName().hashCode() + frame.getMethodName().hashCode();
    return 65_537L * method + frame.getByteCodeIndex();
  }

  private static boolean ask() {
    ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    long[] self = {Thread.currentThread().getId()};
    ThreadInfo info = threads.getThreadInfo(self, true, false)[0];
    StackTraceElement[] stack = info.getStackTrace();
    int end = 0;
    while (!stack[end].getClassName().equals(WORLD)) {
      end++;
    }
    while (stack[end].getClassName().equals(WORLD)) {
      end++;
    }
    while (!stack[end].getClassName().equals(WORLD)) {
      end++;
    }
    for (MonitorInfo monitor : info.getLockedMonitors()) {
      if (monitor.getLockedStackDepth() < end) {
        return true;
      }
    }
    return false;
  }
}
