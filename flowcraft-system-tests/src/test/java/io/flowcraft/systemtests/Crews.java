package io.flowcraft.systemtests;

import java.util.EnumMap;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * The crews that all classes of a test run share, as making tables and joining groups takes longer
 * than all the runs. Their topics, keyspaces and keys are made for the test run; flows have names
 * of their own.
 */
final class Crews implements BeforeAllCallback, AutoCloseable {

  private static final Crews SHARED = new Crews();

  private final Map<Stack, Crew> open = new EnumMap<>(Stack.class);

  /** Names that nobody else uses. */
  static String space(String what) {
    return "sys-"
        + what
        + "-"
        + Long.toString(UUID.randomUUID().getMostSignificantBits() >>> 1, 36);
  }

  /** The crew on a stack, made when it is asked for first. */
  static Crew on(Stack stack) {
    synchronized (SHARED) {
      return SHARED.open.computeIfAbsent(
          stack, missing -> new Crew(missing, space("suite"), builder -> {}));
    }
  }

  @Override
  public void beforeAll(ExtensionContext context) {
    // Closed behind the last class.
    context.getRoot().getStore(ExtensionContext.Namespace.GLOBAL).put(Crews.class, SHARED);
  }

  @Override
  public synchronized void close() {
    open.values().forEach(Crew::close);
    open.clear();
  }
}
