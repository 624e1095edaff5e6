package io.flowcraft.state.cassandra;

import com.datastax.oss.driver.api.core.CqlSession;
import io.flowcraft.json.JsonSerializer;
import io.flowcraft.runtime.internal.time.SystemClock;
import io.flowcraft.spi.ProviderContext;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ForkJoinPool;

/** The real server that the tests of this module share, and one session to it. */
final class Server {

  private static final SystemClock CLOCK = new SystemClock();

  private static CqlSession session;

  private Server() {}

  static synchronized CqlSession session() {
    if (session == null) {
      session =
          CqlSession.builder()
              .addContactPoint(new InetSocketAddress("127.0.0.1", 19042))
              .withLocalDatacenter("datacenter1")
              .build();
    }
    return session;
  }

  /** Settings for tables of a keyspace's own, which are created. */
  static CassandraSettings.Builder settings(String keyspace) {
    return CassandraSettings.builder()
        .session(session())
        .keyspace(keyspace)
        .timeout(Duration.ofSeconds(20))
        .schema(CassandraSettings.SchemaMode.CREATE);
  }

  static ProviderContext context() {
    return new ProviderContext(Map.of(), new JsonSerializer(), CLOCK, ForkJoinPool.commonPool());
  }

  static CassandraContextStore open(String keyspace) {
    return CassandraContextStore.open(settings(keyspace).build(), context());
  }

  static List<String> tables(CassandraSettings settings) {
    return Schema.of(settings).tables().stream().map(Schema.Table::name).toList();
  }
}
