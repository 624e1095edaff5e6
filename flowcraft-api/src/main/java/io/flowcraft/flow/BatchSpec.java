package io.flowcraft.flow;

import org.jspecify.annotations.Nullable;

/**
 * What {@link FlowBuilder} may be told about a batch. Only usable inside the call that hands it
 * out.
 */
public final class BatchSpec {

  private @Nullable String input;
  private @Nullable String outputKey;
  private @Nullable Integer chunkSize;

  BatchSpec() {}

  /** Where the list comes from: a node or a context key; without it, from the incoming edge. */
  public BatchSpec input(String source) {
    input = source;
    return this;
  }

  /** The context key that gets the list of results; without it, the id of the gathering node. */
  public BatchSpec outputKey(String key) {
    outputKey = key;
    return this;
  }

  /** How many workers run at a time; without it, one for each element at once. */
  public BatchSpec chunkSize(int size) {
    chunkSize = size;
    return this;
  }

  Declaration.Batch declare(String id, String workerUses) {
    return new Declaration.Batch(id, workerUses, input, outputKey, chunkSize);
  }
}
