package io.flowcraft.testkit.golden;

import io.flowcraft.spi.ContextStore;
import io.flowcraft.spi.ContextStoreProvider;
import io.flowcraft.spi.CoordinationStore;
import io.flowcraft.spi.CoordinationStoreProvider;
import io.flowcraft.spi.JobQueue;
import io.flowcraft.spi.JobQueueProvider;
import io.flowcraft.spi.ProviderContext;

/** Providers that hand out what is there already. */
final class Backends {

  private static final String NAME = "golden";

  private Backends() {}

  static JobQueueProvider queue(JobQueue queue) {
    return new JobQueueProvider() {
      @Override
      public String name() {
        return NAME;
      }

      @Override
      public JobQueue create(ProviderContext context) {
        return queue;
      }
    };
  }

  static ContextStoreProvider context(ContextStore store) {
    return new ContextStoreProvider() {
      @Override
      public String name() {
        return NAME;
      }

      @Override
      public ContextStore create(ProviderContext context) {
        return store;
      }
    };
  }

  static CoordinationStoreProvider coordination(CoordinationStore store) {
    return new CoordinationStoreProvider() {
      @Override
      public String name() {
        return NAME;
      }

      @Override
      public CoordinationStore create(ProviderContext context) {
        return store;
      }
    };
  }
}
