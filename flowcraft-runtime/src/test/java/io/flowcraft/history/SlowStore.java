package io.flowcraft.history;

import io.flowcraft.spi.ContextStore;
import io.flowcraft.spi.HistoryEntry;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** A store of histories only, which answers when a test says so. */
final class SlowStore {

  /** An append that was asked for. */
  record Append(String runId, List<HistoryEntry> entries, CompletableFuture<Void> answer) {

    List<String> types() {
      return entries.stream().map(HistoryEntry::type).toList();
    }
  }

  final List<Append> appends = new ArrayList<>();
  final List<CompletableFuture<List<HistoryEntry>>> reads = new ArrayList<>();
  boolean throwing;

  /** The store as the recorder sees it. */
  ContextStore asStore() {
    return (ContextStore)
        Proxy.newProxyInstance(
            SlowStore.class.getClassLoader(),
            new Class<?>[] {ContextStore.class},
            (proxy, method, arguments) -> answer(method.getName(), arguments));
  }

  @SuppressWarnings("unchecked") // as the method is declared
  private CompletionStage<?> answer(String method, Object[] arguments) {
    if (throwing) {
      throw new IllegalStateException("out of order");
    }
    switch (method) {
      case "history" -> {
        reads.add(new CompletableFuture<>());
        return reads.get(reads.size() - 1);
      }
      case "append" -> {
        List<HistoryEntry> entries = List.copyOf((List<HistoryEntry>) arguments[1]);
        appends.add(new Append((String) arguments[0], entries, new CompletableFuture<>()));
        return last().answer();
      }
      default -> throw new UnsupportedOperationException(method);
    }
  }

  Append last() {
    return appends.get(appends.size() - 1);
  }

  /** Answers the last question for a history. */
  void answerRead(HistoryEntry... entries) {
    reads.get(reads.size() - 1).complete(List.of(entries));
  }
}
