package io.flowcraft.state.cassandra.internal;

import com.google.auto.service.AutoService;
import io.flowcraft.spi.ContextStore;
import io.flowcraft.spi.ContextStoreProvider;
import io.flowcraft.spi.ProviderContext;
import io.flowcraft.state.cassandra.CassandraContextStore;
import io.flowcraft.state.cassandra.CassandraSettings;

/** Makes the context store on Cassandra from the properties {@code flowcraft.cassandra.*}. */
@AutoService(ContextStoreProvider.class)
public final class CassandraContextStoreProvider implements ContextStoreProvider {

  /** For the service loader. */
  public CassandraContextStoreProvider() {}

  @Override
  public String name() {
    return "cassandra";
  }

  @Override
  public ContextStore create(ProviderContext context) {
    return CassandraContextStore.open(CassandraSettings.from(context.properties()), context);
  }
}
