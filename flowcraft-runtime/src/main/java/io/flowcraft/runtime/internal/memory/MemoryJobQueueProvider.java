package io.flowcraft.runtime.internal.memory;

import com.google.auto.service.AutoService;
import io.flowcraft.memory.InMemoryJobQueue;
import io.flowcraft.spi.JobQueue;
import io.flowcraft.spi.JobQueueProvider;
import io.flowcraft.spi.ProviderContext;

/** Makes the job queue that lives in memory. */
@AutoService(JobQueueProvider.class)
public final class MemoryJobQueueProvider implements JobQueueProvider {

  /** For the service loader. */
  public MemoryJobQueueProvider() {}

  @Override
  public String name() {
    return "memory";
  }

  @Override
  public JobQueue create(ProviderContext context) {
    return new InMemoryJobQueue(context.executor());
  }
}
