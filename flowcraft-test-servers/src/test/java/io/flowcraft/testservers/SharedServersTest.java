package io.flowcraft.testservers;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The process that owns the servers; its owner is one that the test ends. */
class SharedServersTest {

  @TempDir Path home;
  private Process owner;
  private SharedServers servers;

  @BeforeEach
  void beOwned() throws Exception {
    owner = new ProcessBuilder("cat").start();
    servers = new SharedServers(home.resolve("state"), Optional.of(owner.toHandle()));
  }

  @AfterEach
  void end() {
    owner.destroyForcibly();
  }

  @Test
  void manyWhoAskGetTheSameServer() {
    List<CompletableFuture<Map<String, String>>> answers =
        IntStream.range(0, 8)
            .mapToObj(i -> CompletableFuture.supplyAsync(() -> servers.address(ServerKind.REDIS)))
            .toList();

    assertThat(answers.stream().map(CompletableFuture::join).distinct()).hasSize(1);
    assertThat(Probe.REDIS.answers(port())).isTrue();
  }

  @Test
  void nothingIsLeftWhenTheOwnerHasGone() throws Exception {
    List<ProcessHandle> running = running();

    owner.destroyForcibly();

    awaitEnd(running);
    assertThat(home.resolve("state")).doesNotExist();
  }

  @Test
  void nothingIsLeftWhenTheSupervisorIsKilled() throws Exception {
    List<ProcessHandle> running = running();

    supervisor().destroyForcibly();

    awaitEnd(running);
  }

  @Test
  void aNewSupervisorComesAfterOneThatWasKilled() throws Exception {
    List<ProcessHandle> running = running();
    supervisor().destroyForcibly();
    awaitEnd(running);

    assertThat(Probe.REDIS.answers(port())).isTrue();
  }

  private int port() {
    return URI.create(servers.address(ServerKind.REDIS).values().iterator().next()).getPort();
  }

  private ProcessHandle supervisor() throws Exception {
    return SupervisorState.read(home.resolve("state"))
        .flatMap(SupervisorState::process)
        .orElseThrow();
  }

  /** The supervisor, a server, and the watchdog of that. */
  private List<ProcessHandle> running() throws Exception {
    assertThat(Probe.REDIS.answers(port())).isTrue();
    ProcessHandle supervisor = supervisor();
    List<ProcessHandle> running =
        java.util.stream.Stream.concat(
                java.util.stream.Stream.of(supervisor), supervisor.descendants())
            .toList();
    assertThat(running).hasSize(3);
    return running;
  }

  private static void awaitEnd(List<ProcessHandle> processes) throws Exception {
    for (ProcessHandle process : processes) {
      process.onExit().get(60, TimeUnit.SECONDS);
    }
  }
}
