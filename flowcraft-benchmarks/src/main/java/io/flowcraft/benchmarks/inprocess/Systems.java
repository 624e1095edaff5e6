package io.flowcraft.benchmarks.inprocess;

import java.util.List;

/** Who runs the graphs. */
final class Systems {

  static final String FLOWCRAFT = "flowcraft";
  static final String COMPLETABLE_FUTURE = "completable-future";
  static final List<String> ALL = List.of(FLOWCRAFT, COMPLETABLE_FUTURE);

  private Systems() {}

  static Contestant byName(String name, int threads) {
    return switch (name) {
      case FLOWCRAFT -> new WithFlowcraft(threads);
      case COMPLETABLE_FUTURE -> new HandWritten(threads);
      default ->
          throw new IllegalArgumentException("System \"" + name + "\"; expected: one of " + ALL);
    };
  }
}
