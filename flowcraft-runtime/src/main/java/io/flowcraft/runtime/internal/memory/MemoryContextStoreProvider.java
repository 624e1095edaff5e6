package io.flowcraft.runtime.internal.memory;

import com.google.auto.service.AutoService;
import io.flowcraft.error.ErrorCode;
import io.flowcraft.error.FlowcraftException;
import io.flowcraft.memory.InMemoryContextStore;
import io.flowcraft.spi.ContextStore;
import io.flowcraft.spi.ContextStoreProvider;
import io.flowcraft.spi.ProviderContext;

/** Makes the context store that lives in memory. */
@AutoService(ContextStoreProvider.class)
public final class MemoryContextStoreProvider implements ContextStoreProvider {

  private static final String RETAINED = "flowcraft.memory.retained-runs";
  private static final int DEFAULT_RETAINED = 10_000;

  /** For the service loader. */
  public MemoryContextStoreProvider() {}

  @Override
  public String name() {
    return "memory";
  }

  @Override
  public ContextStore create(ProviderContext context) {
    String retained = context.properties().get(RETAINED);
    return new InMemoryContextStore(retained == null ? DEFAULT_RETAINED : number(retained));
  }

  private static int number(String text) {
    try {
      int number = Integer.parseInt(text);
      if (number >= 1) {
        return number;
      }
    } catch (NumberFormatException e) {
      throw invalid(text);
    }
    throw invalid(text);
  }

  private static FlowcraftException invalid(String text) {
    return new FlowcraftException(
        ErrorCode.CONFIG_INVALID,
        RETAINED + " is \"" + text + "\"; expected: how many ended runs to keep, at least 1.");
  }
}
