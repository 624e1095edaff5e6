package io.flowcraft.examples.orders;

import io.flowcraft.runtime.FlowRuntime;
import java.io.IOException;

/**
 * Shares the work of {@link OrdersMain}: nothing but a runtime with the same blueprint, the same
 * nodes and the same properties, in a process of its own.
 *
 * <p>Works until its input ends, so that it does not outlive whoever started it.
 */
public final class OrdersWorker {

  private OrdersWorker() {}

  /** Works; there are no arguments. */
  public static void main(String[] arguments) throws IOException {
    FlowRuntime runtime = OrderRuntime.open(OrderFile.blueprint());
    try (runtime) {
      System.out.println("a worker is ready, process " + ProcessHandle.current().pid());
      while (System.in.read() >= 0) {
        // What is typed means nothing.
      }
    }
  }
}
