package io.flowcraft.testservers;

import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the servers share: a directory, ports, and a process that comes and goes. */
abstract class ProcessServer<A> implements Server<A> {

  /** Somebody else may take a port that was free. */
  private static final int STARTS = 3;

  private static final int LOOK_MILLIS = 50;
  private static final int LOOKS = 240_000 / LOOK_MILLIS;

  private final String name;
  private final Probe probe;
  private final int portCount;
  private final Path parent;
  private @Nullable Place place;
  private @Nullable ServerProcess process;

  /** Where the server lives from its first start on. The first port is the clients'. */
  record Place(Path directory, List<Integer> ports) {
    int port() {
      return ports.get(0);
    }
  }

  ProcessServer(String name, Probe probe, int portCount, Path parent) {
    this.name = name;
    this.probe = probe;
    this.portCount = portCount;
    this.parent = parent;
  }

  /** Lays out a new server in an empty directory. */
  abstract void layOut(Place place);

  /** What starts the process. */
  abstract List<String> command(Place place);

  abstract A address(int port);

  @Override
  public final synchronized void start() {
    if (process != null && process.isAlive()) {
      return;
    }
    if (place != null) {
      launch(place);
      return;
    }
    for (int start = 1; ; start++) {
      Place fresh = new Place(Workspace.create(parent, name), Ports.free(portCount));
      try {
        layOut(fresh);
        launch(fresh);
        place = fresh;
        return;
      } catch (ServersException e) {
        kill();
        Workspace.remove(fresh.directory());
        if (start == STARTS) {
          throw e;
        }
      }
    }
  }

  private void launch(Place at) {
    ServerProcess started = ServerProcess.start(name, at.directory(), command(at));
    process = started;
    for (int look = 0; look < LOOKS; look++) {
      if (probe.answers(at.port()) && started.isAlive()) {
        return;
      }
      if (started.endsWithin(LOOK_MILLIS)) {
        throw started.failure("has ended instead of answering");
      }
    }
    throw started.failure("does not answer");
  }

  /** The process that runs. */
  private ServerProcess running() {
    if (process == null || !process.isAlive()) {
      throw new ServersException(name + " is not running; call start() or restart() before.");
    }
    return process;
  }

  @Override
  public final synchronized A address() {
    if (place == null) {
      throw new ServersException(name + " has no address before it was started.");
    }
    return address(place.port());
  }

  @Override
  public final synchronized void kill() {
    if (process != null) {
      process.kill();
      process = null;
    }
  }

  @Override
  public final synchronized void pause() {
    running().signal("STOP");
  }

  @Override
  public final synchronized void resume() {
    running().signal("CONT");
  }

  @Override
  public final synchronized void restart() {
    kill();
    start();
  }

  @Override
  public final synchronized void close() {
    kill();
    if (place != null) {
      Workspace.remove(place.directory());
      place = null;
    }
  }

  /** The process id, for tests that look after processes. */
  final synchronized long pid() {
    return running().pid();
  }
}
