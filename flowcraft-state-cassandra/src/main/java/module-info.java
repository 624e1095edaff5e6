import io.flowcraft.spi.ContextStoreProvider;
import io.flowcraft.state.cassandra.internal.CassandraContextStoreProvider;

/** The context store on Apache Cassandra. */
module io.flowcraft.state.cassandra {
  requires static com.google.auto.service;
  requires transitive io.flowcraft.api;
  requires transitive java.driver.core;
  requires static transitive org.jspecify;
  requires org.slf4j;

  exports io.flowcraft.state.cassandra;

  provides ContextStoreProvider with
      CassandraContextStoreProvider;
}
