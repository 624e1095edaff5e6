package io.flowcraft.systemtests;

import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/** What nodes tell tests, and tests nodes, wherever the nodes are executed. */
final class Marks {

  private static final long PATIENCE_SECONDS = 60;

  private final Map<String, Integer> counts = new ConcurrentHashMap<>();
  private final Map<String, CompletableFuture<Void>> reached = new ConcurrentHashMap<>();

  /** Counts from 1. */
  int count(String what) {
    return counts.merge(what, 1, Integer::sum);
  }

  /** Says that something is so. */
  void reach(String what) {
    mark(what).complete(null);
  }

  /** Completes when something is so. */
  CompletableFuture<Void> mark(String what) {
    return reached.computeIfAbsent(what, key -> new CompletableFuture<>());
  }

  /** Waits until something is so. */
  void await(String what) {
    mark(what).orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS).join();
  }
}
