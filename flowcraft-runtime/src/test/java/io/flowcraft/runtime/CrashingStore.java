package io.flowcraft.runtime;

import io.flowcraft.spi.ContextStore;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.Set;

/**
 * The connection of one process to a store that outlives it. With a certain write the process is
 * gone: right before, or right after the store has done it. Nothing that the process does later
 * reaches the store.
 */
final class CrashingStore implements InvocationHandler {

  private static final Set<String> WRITES =
      Set.of("create", "commit", "fence", "transition", "append", "delete");

  private final ContextStore store;
  private final int fatalWrite;
  private final boolean afterwards;
  private int writes;
  private boolean gone;

  private CrashingStore(ContextStore store, int fatalWrite, boolean afterwards) {
    this.store = store;
    this.fatalWrite = fatalWrite;
    this.afterwards = afterwards;
  }

  /** What a process gets to know when its connection is cut. */
  static final class Gone extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Gone() {
      super("This process is gone.", null, false, false);
    }
  }

  /**
   * A connection that breaks.
   *
   * @param fatalWrite the number of the write that the process does not survive, from 1
   * @param afterwards whether the store has done it
   */
  static CrashingStore around(ContextStore store, int fatalWrite, boolean afterwards) {
    return new CrashingStore(store, fatalWrite, afterwards);
  }

  ContextStore connection() {
    return (ContextStore)
        Proxy.newProxyInstance(
            ContextStore.class.getClassLoader(), new Class<?>[] {ContextStore.class}, this);
  }

  boolean isGone() {
    return gone;
  }

  @Override
  public Object invoke(Object proxy, Method method, Object[] args) throws Throwable {
    if (method.getName().equals("close")) {
      return null;
    }
    if (gone) {
      throw new Gone();
    }
    boolean fatal = WRITES.contains(method.getName()) && ++writes == fatalWrite;
    if (fatal && !afterwards) {
      gone = true;
      throw new Gone();
    }
    Object answer = call(method, args);
    if (fatal) {
      gone = true;
      throw new Gone();
    }
    return answer;
  }

  private Object call(Method method, Object[] args) throws Throwable {
    try {
      return method.invoke(store, args);
    } catch (InvocationTargetException e) {
      throw e.getCause();
    }
  }
}
