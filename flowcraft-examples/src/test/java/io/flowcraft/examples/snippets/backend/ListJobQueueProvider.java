package io.flowcraft.examples.snippets.backend;

import io.flowcraft.spi.JobQueue;
import io.flowcraft.spi.JobQueueProvider;
import io.flowcraft.spi.ProviderContext;

// snippet:backend-provider
/** Chosen with {@code flowcraft.queue=list}. */
public final class ListJobQueueProvider implements JobQueueProvider {

  @Override
  public String name() {
    return "list";
  }

  @Override
  public JobQueue create(ProviderContext context) {
    return new ListJobQueue(context.executor());
  }
}
// end:backend-provider
