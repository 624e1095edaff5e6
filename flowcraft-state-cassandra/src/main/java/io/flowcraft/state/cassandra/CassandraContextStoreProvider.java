package io.flowcraft.state.cassandra;

import com.google.auto.service.AutoService;
import io.flowcraft.spi.ContextStore;
import io.flowcraft.spi.ContextStoreProvider;
import io.flowcraft.spi.ProviderContext;

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
