package io.flowcraft.runtime.internal.engine;

import io.flowcraft.runtime.internal.graph.Instance;
import java.util.List;

/**
 * An instance that can run now.
 *
 * @param instance the instance
 * @param inputs what its edges delivered, in the order of the blueprint
 */
record Due(Instance instance, List<Delivered> inputs) {}
