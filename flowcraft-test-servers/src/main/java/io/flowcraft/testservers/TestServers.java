package io.flowcraft.testservers;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The servers that all tests of a build share. Where they come from, in this order:
 *
 * <ol>
 *   <li>the environment: {@code FLOWCRAFT_KAFKA_BOOTSTRAP} ({@code host:port}, comma-separated),
 *       {@code FLOWCRAFT_CASSANDRA_CONTACT_POINTS} (the same) with {@code
 *       FLOWCRAFT_CASSANDRA_DATACENTER}, {@code FLOWCRAFT_REDIS_URI} ({@code redis://host:port});
 *   <li>containers, where an engine for them is reachable;
 *   <li>processes, from artifacts that the build has resolved.
 * </ol>
 *
 * <p>Each server is started when the first test asks for it, once for the whole build, and ends
 * with the process that runs the build: Maven, or the JVM of the tests where there is none above
 * it. Every method blocks until its server answers, may be called from any thread, answers the same
 * each time, and throws a {@link ServersException} if there is no server to be had.
 *
 * <p>Tests share topics, keyspaces and keys: each takes names that nobody else uses.
 */
public final class TestServers {

  private static final int CASSANDRA_PORT = 9042;
  private static final Map<ServerKind, Map<String, String>> FOUND = new ConcurrentHashMap<>();

  private TestServers() {}

  /** Where Kafka is, as clients take it for {@code bootstrap.servers}. */
  public static String kafka() {
    return only(ServerKind.KAFKA);
  }

  /** Where Cassandra is. */
  public static CassandraAddress cassandra() {
    Map<String, String> found = find(ServerKind.CASSANDRA);
    List<String> variables = ServerKind.CASSANDRA.variables();
    return new CassandraAddress(
        Arrays.stream(found.getOrDefault(variables.get(0), "").split(","))
            .map(TestServers::contactPoint)
            .toList(),
        found.getOrDefault(variables.get(1), ""));
  }

  /** Where Redis is: a URI, {@code redis://host:port}. */
  public static String redis() {
    return only(ServerKind.REDIS);
  }

  private static String only(ServerKind kind) {
    return find(kind).values().iterator().next();
  }

  private static Map<String, String> find(ServerKind kind) {
    return FOUND.computeIfAbsent(kind, TestServers::look);
  }

  private static Map<String, String> look(ServerKind kind) {
    Optional<Map<String, String>> given = kind.in(System.getenv());
    return given.isPresent() ? given.get() : SharedServers.ofBuild().address(kind);
  }

  private static InetSocketAddress contactPoint(String text) {
    String point = text.strip();
    int colon = point.lastIndexOf(':');
    try {
      String host = colon < 0 ? point : point.substring(0, colon);
      int port = colon < 0 ? CASSANDRA_PORT : Integer.parseInt(point.substring(colon + 1));
      return new InetSocketAddress(InetAddress.getAllByName(host)[0], port);
    } catch (IllegalArgumentException | UnknownHostException e) {
      throw new ServersException(
          "\"" + point + "\" is no contact point of Cassandra; expected: host:port.", e);
    }
  }
}
