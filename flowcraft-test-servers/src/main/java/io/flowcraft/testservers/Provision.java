package io.flowcraft.testservers;

import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** A server that comes from somewhere. */
interface Provision extends AutoCloseable {

  /** Starts it, waits until it answers, and tells where it is, by environment variable. */
  Map<String, String> start();

  @Override
  void close();

  /** A container where there is an engine for them, else a process. */
  static Provision of(ServerKind kind, Path directory) {
    return ContainerEngine.isReachable() ? Containers.of(kind) : process(kind, directory);
  }

  /** A process with its data below a directory. */
  private static Provision process(ServerKind kind, Path directory) {
    return switch (kind) {
      case KAFKA -> process(new KafkaServer(Map.of(), directory), kind::of);
      case REDIS -> process(new RedisServer(List.of(), directory), kind::of);
      case CASSANDRA ->
          process(
              new CassandraServer(directory),
              address -> {
                InetSocketAddress node = address.contactPoints().get(0);
                return kind.of(
                    node.getAddress().getHostAddress() + ":" + node.getPort(),
                    address.datacenter());
              });
    };
  }

  private static <A> Provision process(Server<A> server, Function<A, Map<String, String>> tell) {
    return new Provision() {
      @Override
      public Map<String, String> start() {
        server.start();
        return tell.apply(server.address());
      }

      @Override
      public void close() {
        server.close();
      }
    };
  }
}
