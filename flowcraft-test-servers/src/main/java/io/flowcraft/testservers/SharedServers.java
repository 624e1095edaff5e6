package io.flowcraft.testservers;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URISyntaxException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The way to the process that owns the servers, which is started when it is needed. Many JVMs may
 * want it at the same time: a lock on a file sees to it that one starts it.
 *
 * @param directory where that process keeps its state, and the servers theirs
 * @param owner it ends with this process; empty if somebody stops it by hand
 */
record SharedServers(Path directory, Optional<ProcessHandle> owner) {

  private static final Object IN_THIS_JVM = new Object();

  /** The ones of the build that this JVM belongs to. */
  static SharedServers ofBuild() {
    ProcessHandle build = build();
    String start =
        build.info().startInstant().map(Instant::toEpochMilli).map(m -> "-" + m).orElse("");
    Path directory =
        Workspace.temporary()
            .resolve("flowcraft-servers-" + System.getProperty("user.name"))
            .resolve(build.pid() + start);
    return new SharedServers(directory, Optional.of(build));
  }

  /** The next JVM above this one, which is Maven in a build; this one if there is none. */
  private static ProcessHandle build() {
    Optional<ProcessHandle> above = ProcessHandle.current().parent();
    while (above.isPresent()) {
      if (above.get().info().command().filter(SharedServers::isJava).isPresent()) {
        return above.get();
      }
      above = above.get().parent();
    }
    return ProcessHandle.current();
  }

  private static boolean isJava(String command) {
    return Path.of(command).getFileName().toString().equals("java");
  }

  /** Where a server is; starts it if it does not run. */
  Map<String, String> address(ServerKind kind) {
    try {
      List<String> answer = new ArrayList<>(askOrStart(kind.name()));
      if (!answer.isEmpty() && answer.remove(0).equals(Supervisor.GOOD)) {
        Map<String, String> address = new LinkedHashMap<>();
        for (String line : answer) {
          int equals = line.indexOf('=');
          address.put(line.substring(0, equals), line.substring(equals + 1));
        }
        return address;
      }
      throw new ServersException(
          "No "
              + kind
              + " for tests. Set "
              + kind.variables()
              + " to use one that runs. "
              + (answer.isEmpty()
                  ? "The process that should start it has gone; see " + log()
                  : String.join("\n", answer)));
    } catch (IOException e) {
      throw new ServersException("No " + kind + " for tests: " + e + "; see " + log(), e);
    }
  }

  private Path log() {
    return directory.resolve("supervisor.log");
  }

  private List<String> askOrStart(String question) throws IOException {
    synchronized (IN_THIS_JVM) {
      Files.createDirectories(directory);
      try (FileChannel channel =
              FileChannel.open(
                  directory.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
          FileLock lock = channel.lock()) {
        if (!lock.isValid() || !answers()) {
          spawn();
        }
      }
    }
    SupervisorState state =
        SupervisorState.read(directory)
            .orElseThrow(() -> new ServersException("No state in " + directory));
    return ask(state, question);
  }

  private boolean answers() throws IOException {
    Optional<SupervisorState> state = SupervisorState.read(directory);
    if (state.isEmpty() || state.get().process().isEmpty()) {
      return false;
    }
    try {
      return ask(state.get(), Supervisor.PING).equals(List.of(Supervisor.GOOD));
    } catch (ConnectException e) {
      return false;
    }
  }

  private static List<String> ask(SupervisorState state, String question) throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), state.port())) {
      socket.getOutputStream().write((question + "\n").getBytes(StandardCharsets.UTF_8));
      byte[] answer = socket.getInputStream().readAllBytes();
      return new String(answer, StandardCharsets.UTF_8).lines().toList();
    }
  }

  /** Starts the process and waits until it takes questions. */
  private void spawn() throws IOException {
    List<String> command =
        new ArrayList<>(
            List.of(
                Jdks.current(),
                "-Xmx96m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                ownClasses() + File.pathSeparator + Artifacts.classPath("supervisor"),
                ServersMain.class.getName(),
                ServersMain.SUPERVISE,
                directory.toString()));
    owner.ifPresent(process -> command.add("" + process.pid()));
    Process process =
        new ProcessBuilder(command)
            .directory(directory.toFile())
            .redirectInput(new File("/dev/null"))
            .redirectError(ProcessBuilder.Redirect.appendTo(log().toFile()))
            .start();
    try (BufferedReader out =
        new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
      if (out.readLine() == null) {
        throw new ServersException(
            "The process that starts servers for tests has ended: " + Files.readString(log()));
      }
    }
  }

  private static String ownClasses() {
    try {
      return Path.of(
              SharedServers.class.getProtectionDomain().getCodeSource().getLocation().toURI())
          .toString();
    } catch (URISyntaxException e) {
      throw new UncheckedIOException(new IOException(e));
    }
  }
}
