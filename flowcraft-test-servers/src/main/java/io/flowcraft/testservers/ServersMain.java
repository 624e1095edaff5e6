package io.flowcraft.testservers;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/** The servers by hand: behind {@code scripts/servers}. */
public final class ServersMain {

  static final String SUPERVISE = "supervise";

  private ServersMain() {}

  /**
   * {@code start DIRECTORY} starts all servers and prints where they are, {@code status DIRECTORY}
   * prints the same if they run and exits with 1 if they do not, {@code stop DIRECTORY} ends them.
   *
   * @param arguments what to do, and where the servers keep their data
   */
  public static void main(String[] arguments) throws IOException {
    PrintStream out =
        new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8);
    if (arguments.length < 2) {
      out.println("expected: start, status or stop, and a directory");
      System.exit(2);
    }
    Path directory = Path.of(arguments[1]).toAbsolutePath();
    switch (arguments[0]) {
      case "start" -> print(directory, out);
      case "status" -> status(directory, out);
      case "stop" -> stop(directory, out);
      case SUPERVISE ->
          Supervisor.run(
              directory,
              arguments.length > 2 ? Optional.of(Long.valueOf(arguments[2])) : Optional.empty(),
              out);
      default -> {
        out.println("\"" + arguments[0] + "\" is none of start, status, stop");
        System.exit(2);
      }
    }
  }

  private static void print(Path directory, PrintStream out) {
    SharedServers servers = new SharedServers(directory, Optional.empty());
    for (ServerKind kind : ServerKind.values()) {
      for (Map.Entry<String, String> line : servers.address(kind).entrySet()) {
        out.println("export " + line.getKey() + "=" + line.getValue());
      }
    }
  }

  private static void status(Path directory, PrintStream out) throws IOException {
    Optional<ProcessHandle> supervisor = supervisor(directory);
    if (supervisor.isEmpty()) {
      out.println("# not running");
      System.exit(1);
    }
    out.println("# process " + supervisor.get().pid() + ", data in " + directory);
    print(directory, out);
  }

  private static void stop(Path directory, PrintStream out) throws IOException {
    Optional<ProcessHandle> supervisor = supervisor(directory);
    if (supervisor.isEmpty()) {
      out.println("# not running");
      return;
    }
    supervisor.get().destroy();
    supervisor.get().onExit().join();
    out.println("# stopped process " + supervisor.get().pid());
  }

  private static Optional<ProcessHandle> supervisor(Path directory) throws IOException {
    return SupervisorState.read(directory).flatMap(SupervisorState::process);
  }
}
