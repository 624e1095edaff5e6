package io.flowcraft.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import io.flowcraft.blueprint.Retry;
import io.flowcraft.error.ErrorCode;
import io.flowcraft.flow.Flow;
import io.flowcraft.node.NodeContext;
import io.flowcraft.node.NodeFunction;
import io.flowcraft.node.NodeResult;
import io.flowcraft.run.Resume;
import io.flowcraft.run.RunError;
import io.flowcraft.run.RunHandle;
import io.flowcraft.run.RunResult;
import io.flowcraft.run.RunStatus;
import io.flowcraft.spi.Middleware;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Hooks around the nodes of every run. */
class MiddlewareTest {

  private final Tally log = new Tally();

  /** Writes down what it is told, in its own name. */
  private final class Noting implements Middleware {

    private final String name;

    Noting(String name) {
      this.name = name;
    }

    @Override
    public void before(NodeContext context) {
      log.note(name + " before " + context.nodeId());
    }

    @Override
    public void after(NodeContext context, @Nullable NodeResult result, @Nullable Throwable error) {
      String outcome = error == null ? String.valueOf(result) : error.getMessage();
      log.note(name + " after " + context.nodeId() + " " + outcome);
    }

    @Override
    public CompletionStage<? extends @Nullable NodeResult> around(NodeContext context, Next next) {
      log.note(name + " in " + context.nodeId());
      return next.proceed()
          .whenComplete((result, error) -> log.note(name + " out " + context.nodeId()));
    }
  }

  /** A middleware that is nothing but its way around. */
  private interface Around extends Middleware {
    @Override
    CompletionStage<? extends @Nullable NodeResult> around(NodeContext context, Next next)
        throws Exception;
  }

  private static CompletionStage<@Nullable NodeResult> stage(@Nullable NodeResult result) {
    return CompletableFuture.completedFuture(result);
  }

  private static Lab with(Middleware... middleware) {
    return with(builder -> {}, middleware);
  }

  private static Lab with(Consumer<RuntimeBuilder> more, Middleware... middleware) {
    return new Lab(
        builder -> {
          more.accept(builder);
          List.of(middleware).forEach(builder::middleware);
        });
  }

  private Flow single(NodeFunction node) {
    return Flow.named("single").node("a", node).build();
  }

  private RunResult run(NodeFunction node, Middleware... middleware) {
    try (Lab lab = with(middleware)) {
      return lab.run(single(node));
    }
  }

  private static RunError onlyError(RunResult result) {
    assertThat(result.status()).isEqualTo(RunStatus.FAILED);
    assertThat(result.errors()).hasSize(1);
    return result.errors().get(0);
  }

  @Test
  void theFirstIsTheOutermost() {
    run(log.node(), new Noting("1"), new Noting("2"));

    assertThat(log.ran())
        .containsExactly(
            "1 in a",
            "2 in a",
            "1 before a",
            "2 before a",
            "a",
            "1 after a NodeResult[output]",
            "2 after a NodeResult[output]",
            "2 out a",
            "1 out a");
  }

  @Test
  void everyNodeHasItsOwnHooks() {
    try (Lab lab = with(new Noting("m"))) {
      lab.run(
          Flow.named("chain").node("a", log.node()).node("b", log.node()).edge("a", "b").build());
    }

    assertThat(log.ran())
        .containsSubsequence("m in a", "a", "m out a", "m in b", "b", "m out b")
        .hasSize(10);
  }

  @Test
  void anAsynchronousNodeIsOverWhenItsResultIsThere() {
    CompletableFuture<NodeResult> answer = new CompletableFuture<>();
    try (Lab lab = with(new Noting("m"))) {
      RunHandle handle = lab.launch(Flow.named("async").nodeAsync("a", c -> answer).build(), "r");
      assertThat(log.ran()).containsExactly("m in a", "m before a");

      answer.complete(NodeResult.output(1));
      assertThat(lab.settled(handle).outputs()).containsEntry("a", 1);
      assertThat(log.ran())
          .containsExactly("m in a", "m before a", "m after a NodeResult[output]", "m out a");
    }
  }

  @Test
  void allAttemptsTogetherHaveOneHook() {
    Flow flow =
        Flow.named("flow")
            .node("a", log.failing(2), node -> node.retry(Retry.fixed(Duration.ofSeconds(1))))
            .build();
    try (Lab lab = with(new Noting("m"))) {
      RunHandle handle = lab.launch(flow, "r");
      lab.advance(Duration.ofSeconds(2));

      assertThat(lab.settled(handle).status()).isEqualTo(RunStatus.COMPLETED);
      assertThat(log.ran())
          .containsExactly(
              "m in a", "m before a", "a", "a", "a", "m after a NodeResult[output]", "m out a");
    }
  }

  @Test
  void aFailureIsToldAfterTheLastAttempt() {
    RunResult result = run(log.failing(9), new Noting("m"));

    assertThat(onlyError(result).code()).isEqualTo(ErrorCode.NODE_FAILED);
    assertThat(log.ran())
        .containsExactly("m in a", "m before a", "a", "m after a boom in a", "m out a");
  }

  @Test
  void aResultCanBeReplaced() {
    Around doubling =
        (context, next) ->
            next.proceed()
                .thenApply(result -> result.withOutput(result.output() + "" + result.output()));
    Around quoting =
        (context, next) ->
            next.proceed().thenApply(result -> result.withOutput("'" + result.output() + "'"));

    assertThat(run(log.node(), doubling, quoting).outputs()).containsEntry("a", "'a''a'");
  }

  @Test
  void anActionOfTheReplacementChoosesTheEdge() {
    Around redirecting =
        (context, next) ->
            context.nodeId().equals("a")
                ? next.proceed().thenApply(result -> result.withAction("other"))
                : next.proceed();
    try (Lab lab = with(redirecting)) {
      lab.run(
          Flow.named("flow")
              .node("a", log.node())
              .node("b", log.node())
              .node("c", log.node())
              .edge("a", "b", edge -> edge.on("this"))
              .edge("a", "c", edge -> edge.on("other"))
              .build());
    }

    assertThat(log.ran()).containsExactly("a", "c");
  }

  @Test
  void aFailureCanBecomeAResult() {
    Around forgiving =
        (context, next) -> next.proceed().exceptionally(error -> NodeResult.output("forgiven"));

    RunResult result = run(log.failing(9), forgiving);

    assertThat(result.status()).isEqualTo(RunStatus.COMPLETED);
    assertThat(result.outputs()).containsEntry("a", "forgiven");
  }

  @Test
  void whoDoesNotProceedAnswersInstead() {
    Around cached = (context, next) -> stage(NodeResult.output("cached"));

    RunResult result = run(log.node(), new Noting("outer"), cached, new Noting("inner"));

    assertThat(result.outputs()).containsEntry("a", "cached");
    assertThat(log.ran()).containsExactly("outer in a", "outer out a");
  }

  @Test
  void whoNeitherProceedsNorAnswersFailsTheNode() {
    RunError error = onlyError(run(log.node(), (Around) (context, next) -> stage(null)));

    assertThat(error.code()).isEqualTo(ErrorCode.MIDDLEWARE);
    assertThat(error.message()).contains("'a'");
    assertThat(error.causes()).anyMatch(cause -> cause.contains("did not call next()"));
    assertThat(log.ran()).isEmpty();
  }

  @Test
  void whoReturnsNoStageAtAllFailsTheNode() {
    Around absent = (context, next) -> null;
    RunError error = onlyError(run(log.node(), absent));

    assertThat(error.code()).isEqualTo(ErrorCode.MIDDLEWARE);
    assertThat(error.message()).contains(absent.getClass().getName(), "'a'", "proceed()");
    assertThat(log.ran()).isEmpty();
  }

  @Test
  void whoProceedsTwiceFailsTheNodeWhichRanOnce() {
    Around twice = (context, next) -> next.proceed().thenCompose(result -> next.proceed());

    RunError error = onlyError(run(log.node(), twice));

    assertThat(error.code()).isEqualTo(ErrorCode.MIDDLEWARE);
    assertThat(error.message())
        .contains(twice.getClass().getName(), "proceed() twice", "'a'", "at most once");
    assertThat(log.ran()).containsExactly("a");
  }

  @Test
  void anExceptionFailsTheNodeWithoutRunningIt() {
    Around refusing =
        (context, next) -> {
          throw new IllegalStateException("refused");
        };

    RunError error = onlyError(run(log.node(), refusing));

    assertThat(error.code()).isEqualTo(ErrorCode.NODE_FAILED);
    assertThat(error.causes()).containsExactly("refused");
    assertThat(log.ran()).isEmpty();
  }

  @Test
  void soDoesAnErrorInsteadOfBeingTriedForEver() {
    Around broken =
        (context, next) -> {
          throw new AssertionError("broken");
        };
    Middleware brokenBefore =
        new Middleware() {
          @Override
          public void before(NodeContext context) {
            throw new AssertionError("broken before");
          }
        };

    assertThat(onlyError(run(log.node(), broken)).causes()).containsExactly("broken");
    assertThat(onlyError(run(log.node(), brokenBefore)).causes()).containsExactly("broken before");
    assertThat(log.ran()).isEmpty();
  }

  @Test
  void anExceptionBeforeFailsTheNodeAndIsToldAfter() {
    Middleware refusing =
        new Middleware() {
          @Override
          public void before(NodeContext context) throws Exception {
            throw new java.io.IOException("refused");
          }
        };

    RunError error = onlyError(run(log.node(), refusing, new Noting("m")));

    assertThat(error.causes()).containsExactly("refused");
    assertThat(log.ran()).containsExactly("m in a", "m after a refused", "m out a");
  }

  @Test
  void anExceptionAfterChangesNothing() {
    Middleware failing =
        new Middleware() {
          @Override
          public void after(
              NodeContext context, @Nullable NodeResult result, @Nullable Throwable error) {
            throw new IllegalStateException("too late");
          }
        };

    RunResult result = run(log.node(), failing, new Noting("m"));

    assertThat(result.status()).isEqualTo(RunStatus.COMPLETED);
    assertThat(log.ran()).contains("m after a NodeResult[output]");
  }

  @Test
  void aFallbackStandsInForWhatAMiddlewareHasFailed() {
    Around refusing =
        (context, next) -> {
          if (context.nodeId().equals("a")) {
            throw new IllegalStateException("refused");
          }
          return next.proceed();
        };
    try (Lab lab = with(refusing)) {
      RunResult result =
          lab.run(
              Flow.named("flow")
                  .node("a", log.node(), node -> node.fallback("spare"))
                  .node("spare", log.node())
                  .build());

      assertThat(result.status()).isEqualTo(RunStatus.COMPLETED);
      assertThat(result.outputs()).containsEntry("a", "spare");
    }
  }

  @Test
  void aReplacementMustBeData() {
    RunError error =
        onlyError(
            run(
                log.node(),
                (Around) (context, next) -> stage(NodeResult.output(new Thread("no data")))));

    assertThat(error.code()).isEqualTo(ErrorCode.VALUE_UNSERIALIZABLE);
  }

  @Test
  void aWaitIsOverForThemWhenItIsParked() {
    try (Lab lab = with(new Noting("m"))) {
      lab.launch(Flow.named("flow").wait("a").build(), "r");
      List<String> parked = log.ran();

      assertThat(lab.resume("r", "a", Resume.with("answer")).outputs())
          .containsEntry("a", "answer");
      assertThat(parked)
          .containsExactly("m in a", "m before a", "m after a NodeResult[]", "m out a");
      assertThat(log.ran()).isEqualTo(parked);
    }
  }

  @Test
  void aWaitThatIsAnsweredByAMiddlewareDoesNotWait() {
    Around answering = (context, next) -> stage(NodeResult.output("at once"));
    try (Lab lab = with(answering)) {
      assertThat(lab.run(Flow.named("flow").wait("a").build()).outputs())
          .containsEntry("a", "at once");
    }
  }

  @Test
  void theNodesOfAChildRunHaveThemToo() {
    Flow child = Flow.named("child").node("inner", log.node()).build();
    Flow flow = Flow.named("parent").subflow("sub", child).build();
    try (Lab lab = with(new Noting("m"))) {
      lab.run(flow);
    }

    assertThat(log.ran())
        .containsSubsequence("m in sub", "m in inner", "inner", "m out inner", "m out sub");
  }
}
