package io.flowcraft.testkit.golden;

import io.flowcraft.node.NodeContext;
import io.flowcraft.node.NodeResult;
import io.flowcraft.spi.Middleware;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** The middlewares that the recorded cases name. Most of them act on the node {@code b} only. */
final class StandardMiddlewares {

  private static final String TARGET = "b";

  private StandardMiddlewares() {}

  /** The middleware of a name. */
  static Middleware named(String name, Bench bench) {
    return switch (name) {
      case "record" -> new Recorder(bench);
      case "aroundA", "aroundB" -> around(name, bench);
      case "shortCircuit" -> forTarget(next -> stage(NodeResult.output("replaced")));
      case "rewrite" ->
          forTarget(next -> next.proceed().thenApply(result -> NodeResult.output("rewritten")));
      case "noNext" -> forTarget(next -> stage(null));
      case "swallow" -> swallowing(bench);
      case "beforeThrows" -> new Refuser(true);
      case "afterThrows" -> new Refuser(false);
      default -> throw new IllegalArgumentException("no standard middleware named " + name);
    };
  }

  private interface Around {
    CompletionStage<? extends @Nullable NodeResult> around(Middleware.Next next);
  }

  private static Middleware forTarget(Around around) {
    return new Middleware() {
      @Override
      public CompletionStage<? extends @Nullable NodeResult> around(NodeContext node, Next next) {
        return node.nodeId().equals(TARGET) ? around.around(next) : next.proceed();
      }
    };
  }

  private static CompletionStage<@Nullable NodeResult> stage(@Nullable NodeResult result) {
    return CompletableFuture.completedFuture(result);
  }

  private static Middleware around(String name, Bench bench) {
    return new Middleware() {
      @Override
      public CompletionStage<? extends @Nullable NodeResult> around(NodeContext node, Next next) {
        bench.log(name + " in " + node.nodeId());
        return next.proceed()
            .thenApply(
                result -> {
                  bench.log(name + " out " + node.nodeId());
                  return result;
                });
      }
    };
  }

  private static Middleware swallowing(Bench bench) {
    return new Middleware() {
      @Override
      public CompletionStage<? extends @Nullable NodeResult> around(NodeContext node, Next next) {
        return next.proceed()
            .exceptionally(
                error -> {
                  bench.log("swallowed " + node.nodeId() + " " + Messages.of(error));
                  return NodeResult.output("swallowed");
                });
      }
    };
  }

  /** Writes down what it is told. */
  private record Recorder(Bench bench) implements Middleware {
    @Override
    public void before(NodeContext node) {
      bench.log("before " + node.nodeId());
    }

    @Override
    public void after(NodeContext node, @Nullable NodeResult result, @Nullable Throwable error) {
      String outcome = result == null ? "none" : "ok";
      bench.log(
          "after "
              + node.nodeId()
              + " "
              + (error == null ? outcome : "error " + Messages.of(error)));
    }
  }

  /** Fails, either before or after the node. */
  private record Refuser(boolean early) implements Middleware {
    @Override
    public void before(NodeContext node) {
      if (early && node.nodeId().equals(TARGET)) {
        throw new NodeError("before refused");
      }
    }

    @Override
    public void after(NodeContext node, @Nullable NodeResult result, @Nullable Throwable error) {
      if (!early && node.nodeId().equals(TARGET)) {
        throw new NodeError("after refused");
      }
    }
  }
}
