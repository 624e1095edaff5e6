package io.flowcraft.testservers;

/**
 * A server that one test has for itself: a process that it may kill, stop and continue. It listens
 * on the loopback address only, and ends with the JVM that made it, also if that one is killed.
 *
 * <p>Methods block until what they say is so, and throw a {@link ServersException} if it can't be.
 * They may be called from any thread, one after the other.
 *
 * @param <A> what a client needs to connect
 */
public interface Server<A> extends AutoCloseable {

  /** Starts the server and waits until it answers; does nothing if it runs. */
  void start();

  /** Where it is: the same as long as this object lives. Known from the first start on. */
  A address();

  /** Kills the process (SIGKILL): what it has not written is lost. Does nothing if none runs. */
  void kill();

  /** Stops the process where it stands (SIGSTOP): connections stay open, nothing answers. */
  void pause();

  /** Continues the process (SIGCONT). */
  void resume();

  /** Kills the process if it runs, and starts it again at the same address on the same data. */
  void restart();

  /** Kills the process and removes its data. A second call does nothing. */
  @Override
  void close();
}
