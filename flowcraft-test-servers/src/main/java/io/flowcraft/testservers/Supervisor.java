package io.flowcraft.testservers;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/**
 * Owns the servers of a build, in a process of its own: starts each when somebody asks for it,
 * tells where it is, and ends with the build. What does not start is not tried again: the next one
 * who asks gets the same error, at once.
 *
 * <p>A question is a line, the name of a server or {@link #PING}; the answer is {@link #GOOD} and
 * the address, or {@link #BAD} and the reason.
 */
final class Supervisor {

  static final String PING = "PING";
  static final String GOOD = "good";
  static final String BAD = "bad";

  private final Path directory;
  private final Map<ServerKind, Running> servers = new ConcurrentHashMap<>();

  private record Running(Provision provision, CompletableFuture<Map<String, String>> address) {}

  private Supervisor(Path directory) {
    this.directory = directory;
  }

  /**
   * Takes questions until the process ends.
   *
   * @param owner the process ends when this one has ended
   * @param out gets a line when questions are taken
   */
  static void run(Path directory, Optional<Long> owner, PrintStream out) throws IOException {
    owner.ifPresent(Supervisor::endWith);
    Supervisor supervisor = new Supervisor(directory);
    Runtime.getRuntime().addShutdownHook(new Thread(supervisor::stop, "stop"));
    try (ServerSocket questions = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
      SupervisorState.ofThisProcess(questions.getLocalPort()).write(directory);
      out.println("ready");
      while (true) {
        Socket question = questions.accept();
        Thread thread = new Thread(() -> supervisor.serve(question), "question");
        thread.setDaemon(true);
        thread.start();
      }
    }
  }

  private static void endWith(long owner) {
    CompletableFuture<ProcessHandle> end =
        ProcessHandle.of(owner)
            .map(ProcessHandle::onExit)
            .orElseGet(() -> CompletableFuture.completedFuture(ProcessHandle.current()));
    CompletableFuture<Void> unused = end.thenRun(() -> System.exit(0));
  }

  private void serve(Socket question) {
    try (question) {
      BufferedReader in =
          new BufferedReader(
              new InputStreamReader(question.getInputStream(), StandardCharsets.UTF_8));
      String asked = in.readLine();
      if (asked != null) {
        question.getOutputStream().write(answer(asked).getBytes(StandardCharsets.UTF_8));
      }
    } catch (IOException e) {
      // Who asked has gone, and needs no answer.
      return;
    }
  }

  private String answer(String asked) {
    if (asked.equals(PING)) {
      return GOOD + "\n";
    }
    try {
      return GOOD
          + servers
              .computeIfAbsent(ServerKind.valueOf(asked), this::start)
              .address()
              .join()
              .entrySet()
              .stream()
              .map(entry -> "\n" + entry.getKey() + "=" + entry.getValue())
              .collect(Collectors.joining());
    } catch (CompletionException e) {
      return BAD + "\n" + (e.getCause() == null ? e : e.getCause());
    }
  }

  private Running start(ServerKind kind) {
    Provision provision = Provision.of(kind, directory);
    return new Running(provision, CompletableFuture.supplyAsync(provision::start, this::begin));
  }

  private void begin(Runnable task) {
    Thread thread = new Thread(task, "start");
    thread.setDaemon(true);
    thread.start();
  }

  /** Servers that are just starting are left to their watchdogs. */
  private void stop() {
    servers.values().stream()
        .filter(server -> server.address().isDone())
        .forEach(server -> server.provision().close());
    Workspace.remove(directory);
  }
}
