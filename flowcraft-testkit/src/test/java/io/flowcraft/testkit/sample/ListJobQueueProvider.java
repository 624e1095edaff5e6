package io.flowcraft.testkit.sample;

import io.flowcraft.spi.JobQueue;
import io.flowcraft.spi.JobQueueProvider;
import io.flowcraft.spi.ProviderContext;

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
