package io.flowcraft.testkit.simulation;

import io.flowcraft.runtime.FlowRuntime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The processes: they join, are paused, closed or killed, and others take their place. */
final class Fleet {

  private static final Duration LATE = Duration.ofSeconds(15);
  private static final Duration CLOSING = Duration.ofSeconds(3);

  /** By how much a clock is behind or ahead at most. */
  static final Duration MOST_SKEW = Duration.ofSeconds(7);

  private static final int[] SKEWS = {0, 0, 0, 2, -2, 7, -7};

  private final World world;
  private final Launcher launcher;
  private final Broker broker;
  private final Connections connections;
  private final List<Member> processes = new ArrayList<>();
  private int joined;
  private int changing;

  Fleet(World world, Launcher launcher, Broker broker, Connections connections) {
    this.world = world;
    this.launcher = launcher;
    this.broker = broker;
    this.connections = connections;
  }

  /** A process. */
  static final class Member {

    private final Host host;
    private final Connection connection;
    private final FlowRuntime runtime;
    private final boolean newer;
    private @Nullable Long wellSince;

    Member(Host host, Connection connection, FlowRuntime runtime, boolean newer) {
      this.host = host;
      this.connection = connection;
      this.runtime = runtime;
      this.newer = newer;
    }

    Host host() {
      return host;
    }

    Connection connection() {
      return connection;
    }

    FlowRuntime runtime() {
      return runtime;
    }

    boolean newer() {
      return newer;
    }

    private boolean isWell() {
      return !host.isPaused() && !host.isWaiting() && connection.isClear();
    }

    /** Time is about to pass: since when it has been well; null if it is not. */
    private @Nullable Long wellSince(long now) {
      if (!isWell()) {
        wellSince = null;
      } else if (wellSince == null) {
        wellSince = now;
      }
      return wellSince;
    }
  }

  /**
   * Time is about to pass: since when one of the processes has lived, not stood still, and been
   * answered whatever it asked; null if there is none. To be asked each time.
   */
  @Nullable Long wellSince() {
    Long first = null;
    for (Member process : processes) {
      Long since = process.wellSince(world.millis());
      if (since != null && (first == null || since < first)) {
        first = since;
      }
    }
    return first;
  }

  /** A process joins, now or in a while. */
  void joinSoonerOrLater() {
    joined++;
    String name = "p" + joined;
    boolean newer = joined % 2 == 0 && launcher.hasNewer();
    if (world.choices().among(2) == 0) {
      join(name, newer);
    } else {
      world.after(LATE, () -> join(name, newer));
    }
  }

  /** A process joins. */
  void join() {
    joined++;
    join("p" + joined, false);
  }

  private void join(String name, boolean newer) {
    Duration skew = Duration.ofSeconds(SKEWS[world.choices().among(SKEWS.length)]);
    Host host = new Host(name, world, skew);
    Connection connection = connections.connect(host);
    FlowRuntime runtime = launcher.launch(host, connection, newer);
    processes.add(new Member(host, connection, runtime, newer));
  }

  private void joinInPlaceOf(Member gone, Duration delay) {
    changing++;
    world.after(
        delay,
        () -> {
          changing--;
          joined++;
          String name = "p" + joined;
          join(name, gone.newer);
          connections.tell(name, () -> "joins");
        });
  }

  /** Some process that is there; null if there is none. */
  @Nullable Member any() {
    return processes.isEmpty() ? null : processes.get(world.choices().among(processes.size()));
  }

  /** The processes that are there. */
  List<Member> processes() {
    return List.copyOf(processes);
  }

  /** Whether processes are paused or about to go or to join. */
  boolean isChanging() {
    return changing > 0;
  }

  /** The process of a host, or another one if that is the choice; null if there is none. */
  private @Nullable Member victim(Host atWork) {
    int index = world.choices().among(processes.size() + 1);
    return index == 0
        ? processes.stream().filter(p -> p.host == atWork).findFirst().orElse(null)
        : processes.get(index - 1);
  }

  /** A process dies: the given one, or another. */
  void kill(Host atWork, Duration delay) {
    Member victim = victim(atWork);
    if (victim != null) {
      connections.tell(victim.host.name(), () -> "is killed");
      kill(victim);
      joinInPlaceOf(victim, delay);
    }
  }

  private void kill(Member victim) {
    victim.host.kill();
    processes.remove(victim);
    broker.unsubscribe(victim.connection);
    victim.connection.abandon();
  }

  /** A process is closed in good order, and ends soon afterwards. */
  void close(Host atWork, Duration delay) {
    Member victim = victim(atWork);
    if (victim == null || launcher.recordsHistory()) {
      // It would wait for its history on the only thread that there is.
      return;
    }
    connections.tell(victim.host.name(), () -> "is being closed");
    processes.remove(victim);
    victim.host.execute(victim.runtime::close);
    changing++;
    world.after(
        CLOSING,
        () -> {
          changing--;
          connections.tell(victim.host.name(), () -> "ends");
          kill(victim);
        });
    joinInPlaceOf(victim, delay);
  }

  /** A process stands still for a while. */
  void pause(Host host, Duration time) {
    connections.tell(host.name(), () -> "stands still for " + time.toSeconds() + " s");
    host.pause();
    changing++;
    world.after(
        time,
        () -> {
          changing--;
          if (host.isAlive()) {
            connections.tell(host.name(), () -> "goes on");
            host.resume();
            broker.handOutWaiting();
          }
        });
  }
}
