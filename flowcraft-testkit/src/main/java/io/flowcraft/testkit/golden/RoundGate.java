package io.flowcraft.testkit.golden;

import io.flowcraft.node.NodeContext;
import io.flowcraft.node.NodeResult;
import io.flowcraft.spi.Middleware;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** Keeps results back until it is opened, for {@link Schedule#ROUNDS}. */
final class RoundGate implements Middleware {

  private List<CompletableFuture<@Nullable Void>> waiting = new ArrayList<>();

  @Override
  public CompletionStage<? extends @Nullable NodeResult> around(NodeContext context, Next next) {
    CompletableFuture<@Nullable Void> opened = new CompletableFuture<>();
    waiting.add(opened);
    CompletionStage<NodeResult> result = next.proceed();
    return opened.thenCompose(nothing -> result);
  }

  /** Lets all through that wait now, first come first served; whether there were any. */
  boolean open() {
    List<CompletableFuture<@Nullable Void>> round = waiting;
    waiting = new ArrayList<>();
    round.forEach(opened -> opened.complete(null));
    return !round.isEmpty();
  }
}
