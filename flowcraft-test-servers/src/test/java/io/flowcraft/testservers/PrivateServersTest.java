package io.flowcraft.testservers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.ToIntFunction;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PrivateServersTest {

  @TempDir Path home;

  @Test
  void kafkaComesBackAfterAKill() throws Exception {
    comesBack(
        new KafkaServer(java.util.Map.of(), home),
        Probe.KAFKA,
        address -> URI.create("kafka://" + address).getPort());
  }

  @Test
  void cassandraComesBackAfterAKill() throws Exception {
    comesBack(new CassandraServer(home), Probe.CASSANDRA, a -> a.contactPoints().get(0).getPort());
  }

  @Test
  void redisComesBackAfterAKill() throws Exception {
    comesBack(redis(), Probe.REDIS, PrivateServersTest::port);
  }

  private <A> void comesBack(ProcessServer<A> server, Probe probe, ToIntFunction<A> port)
      throws Exception {
    try (server) {
      server.start();
      A address = server.address();
      long first = server.pid();
      assertThat(probe.answers(port.applyAsInt(address))).isTrue();

      server.kill();
      assertThat(probe.answers(port.applyAsInt(address))).isFalse();
      assertThat(ProcessHandle.of(first)).isEmpty();

      server.restart();
      assertThat(server.address()).isEqualTo(address);
      assertThat(probe.answers(port.applyAsInt(address))).isTrue();
      assertThat(server.pid()).isNotEqualTo(first);
    }
    assertThat(remains()).isEmpty();
    assertThat(ProcessHandle.current().children().filter(ProcessHandle::isAlive)).isEmpty();
  }

  @Test
  void aPausedServerDoesNotAnswerUntilItIsResumed() throws Exception {
    try (RedisServer server = redis()) {
      server.start();
      server.pause();
      assertThat(Probe.REDIS.answers(port(server.address()))).isFalse();

      server.resume();
      assertThat(Probe.REDIS.answers(port(server.address()))).isTrue();

      server.pause();
    }
    assertThat(remains()).isEmpty();
  }

  @Test
  void startingTwiceAndClosingTwiceIsHarmless() {
    RedisServer server = redis();
    server.start();
    long pid = server.pid();
    server.start();
    assertThat(server.pid()).isEqualTo(pid);
    server.close();
    server.close();
  }

  @Test
  void aServerThatDoesNotStartTellsItsLastWords() throws Exception {
    try (RedisServer server = new RedisServer(List.of("--no-such-option", "1"), home)) {
      assertThatThrownBy(server::start)
          .isInstanceOf(ServersException.class)
          .hasMessageContaining("has ended instead of answering")
          .hasMessageContaining("no-such-option");
      assertThatThrownBy(server::address).hasMessageContaining("no address before");
      assertThatThrownBy(server::pause).hasMessageContaining("not running");
    }
    assertThat(remains()).isEmpty();
  }

  private RedisServer redis() {
    return new RedisServer(List.of(), home);
  }

  private static int port(String uri) {
    return URI.create(uri).getPort();
  }

  private List<Path> remains() throws Exception {
    try (Stream<Path> files = Files.list(home)) {
      return files.toList();
    }
  }
}
