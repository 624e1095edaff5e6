/**
 * Processes a day's orders: parallel checks, an approval by hand, a payment that needs retries, a
 * timer, a batch and a join, all told by the blueprint {@code orders/order.json}. The blueprint
 * names implementations by key; {@link io.flowcraft.examples.orders.OrderNodes} has them.
 */
@NullMarked
package io.flowcraft.examples.orders;

import org.jspecify.annotations.NullMarked;
