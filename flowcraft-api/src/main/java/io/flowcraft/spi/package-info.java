/**
 * What backends and extensions implement: the job queue, the context store and the coordination
 * store with their providers, and the smaller seams (serializer, evaluator, middleware, time).
 *
 * <p>{@code docs/spi-contract.md} numbers the rules; the compatibility kits of the testkit check
 * them.
 */
@NullMarked
package io.flowcraft.spi;

import org.jspecify.annotations.NullMarked;
