package io.flowcraft.examples.snippets.backend;

import io.flowcraft.json.JsonSerializer;
import io.flowcraft.spi.JobQueue;
import io.flowcraft.spi.ProviderContext;
import io.flowcraft.testkit.VirtualTime;
import io.flowcraft.testkit.spi.JobQueueCompatibilityKit;
import java.util.Map;

// snippet:backend-test
class ListJobQueueTest extends JobQueueCompatibilityKit {

  @Override
  protected JobQueue openQueue() {
    return new ListJobQueueProvider()
        .create(
            new ProviderContext(
                Map.of(),
                new JsonSerializer(),
                new VirtualTime(),
                task -> new Thread(task, "list").start()));
  }

  @Override
  protected boolean durable() {
    return false; // Q-23 is skipped and says so
  }
}
// end:backend-test
