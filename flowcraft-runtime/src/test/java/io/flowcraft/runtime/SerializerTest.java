package io.flowcraft.runtime;

import static io.flowcraft.runtime.Codes.assertCode;
import static org.assertj.core.api.Assertions.assertThat;

import io.flowcraft.blueprint.Retry;
import io.flowcraft.error.ErrorCode;
import io.flowcraft.flow.Flow;
import io.flowcraft.json.JsonSerializer;
import io.flowcraft.memory.InMemoryContextStore;
import io.flowcraft.memory.InMemoryJobQueue;
import io.flowcraft.node.NodeResult;
import io.flowcraft.run.Resume;
import io.flowcraft.run.RunOptions;
import io.flowcraft.run.RunResult;
import io.flowcraft.run.RunStatus;
import io.flowcraft.spi.ContextStore;
import io.flowcraft.spi.JobQueue;
import io.flowcraft.spi.JobQueueProvider;
import io.flowcraft.spi.Payload;
import io.flowcraft.spi.ProviderContext;
import io.flowcraft.spi.RunQuery;
import io.flowcraft.spi.Serializer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Another form for stored values. */
class SerializerTest {

  private static final String MARK = "sealed:";

  /** Writes JSON backwards, behind a mark, and refuses what has none. */
  private static final class Sealing implements Serializer {

    private final JsonSerializer json = new JsonSerializer();

    @Override
    public String serialize(@Nullable Object data) {
      String text = json.serialize(data);
      if (text.contains("unspeakable")) {
        throw new UnsupportedOperationException("no word for it");
      }
      return MARK + new StringBuilder(text).reverse();
    }

    @Override
    public @Nullable Object deserialize(String text) {
      if (!text.startsWith(MARK)) {
        throw new UnsupportedOperationException("no seal");
      }
      return json.deserialize(
          new StringBuilder(text.substring(MARK.length())).reverse().toString());
    }
  }

  private final Tally tally = new Tally();
  private final Serializer sealing = new Sealing();
  private final Texts texts = new Texts(sealing);
  private final ContextStore store = texts.only(ContextStore.class, new InMemoryContextStore());
  private final Lab lab = new Lab(this::configure);

  private record Queues(Texts texts) implements JobQueueProvider {
    @Override
    public String name() {
      return "texts";
    }

    @Override
    public JobQueue create(ProviderContext context) {
      return texts.only(JobQueue.class, new InMemoryJobQueue(context.executor()));
    }
  }

  private void configure(RuntimeBuilder builder) {
    builder
        .serializer(sealing)
        .recordHistory(true)
        .jobQueue(new Queues(texts))
        .contextStore(new Lab.Sharing(store));
  }

  private Lab successor(Consumer<RuntimeBuilder> more) {
    return lab.successor(
        builder -> {
          configure(builder);
          builder.random(new SplittableRandom(8));
          more.accept(builder);
        });
  }

  @AfterEach
  void close() {
    lab.close();
  }

  /** Values in every place where a run keeps some. */
  private Flow flow() {
    return Flow.named("flow")
        .node(
            "a",
            c -> {
              c.context().set("k", List.of("entry"));
              return NodeResult.output(Map.of("x", "output"));
            },
            node -> node.param("p", "parameter"))
        .node("bad", tally.failing(9), node -> node.retry(Retry.NONE).fallback("spare"))
        .node("spare", tally.node())
        .wait("w")
        .node("b", tally.echo())
        .node("c", tally.echo())
        .edge("a", "b", edge -> edge.transform("input.x"))
        .edge("a", "c")
        .edge("a", "w")
        .edge("a", "bad")
        .build();
  }

  @Test
  void everyStoredValueIsWrittenByIt() {
    lab.run(flow(), Map.of("given", "initial"), RunOptions.runId("r"));
    lab.resume("r", "w", Resume.with("answer"));
    lab.drain();

    List<String> plain =
        texts.written().stream()
            .map(text -> new JsonSerializer().serialize(sealing.deserialize(text)))
            .toList();
    assertThat(texts.written()).hasSizeGreaterThan(20).allMatch(text -> text.startsWith(MARK));
    for (String value :
        List.of("parameter", "initial", "entry", "output", "boom in bad", "answer", "node:start")) {
      assertThat(plain).as(value).anyMatch(text -> text.contains(value));
    }
  }

  @Test
  void aRunWorksWithWhatItReads() {
    lab.run(flow(), Map.of("given", "initial"), RunOptions.runId("r"));
    RunResult result = lab.resume("r", "w", Resume.with("answer"));

    assertThat(result.status()).isEqualTo(RunStatus.COMPLETED);
    assertThat(result.outputs())
        .containsEntry("a", Map.of("x", "output"))
        .containsEntry("b", "output")
        .containsEntry("c", Map.of("x", "output"))
        .containsEntry("bad", "spare")
        .containsEntry("w", "answer");
    assertThat(result.context()).containsEntry("k", List.of("entry"));
    assertThat(lab.runtime.history("r")).isNotEmpty();
  }

  @Test
  void anotherProcessReadsIt() {
    lab.run(flow(), Map.of("given", "initial"), RunOptions.runId("r"));

    try (Lab other = successor(builder -> builder.registry(flow().registry()))) {
      RunResult result = other.resume("r", "w", Resume.with("answer"));

      assertThat(result.status()).isEqualTo(RunStatus.COMPLETED);
      assertThat(result.context()).containsEntry("given", "initial").containsEntry("w", "answer");
    }
  }

  @Test
  void whatItCanNotReadIsToldWithItsName() {
    assertThat(
            assertCode(
                    ErrorCode.VALUE_UNSERIALIZABLE,
                    () -> Payload.ofText("not sealed", sealing).value())
                .getMessage())
        .contains(Sealing.class.getName(), "could not read", "Use the one that wrote it")
        .doesNotContain("not sealed");
  }

  private Flow speaking(String word) {
    return Flow.named("speaking")
        .node("a", c -> NodeResult.output(word))
        .node("b", tally.node())
        .edge("a", "b")
        .build();
  }

  @Test
  void anOutputThatItCanNotWriteFailsTheNode() {
    RunResult result = lab.run(speaking("unspeakable"));

    assertThat(result.status()).isEqualTo(RunStatus.FAILED);
    assertThat(result.errors())
        .singleElement()
        .satisfies(
            error -> {
              assertThat(error.code()).isEqualTo(ErrorCode.VALUE_UNSERIALIZABLE);
              assertThat(error.message()).contains("node 'a'", Sealing.class.getName());
              assertThat(error.causes()).containsExactly("no word for it");
            });
    assertThat(tally.ran()).isEmpty();
    lab.advance(Duration.ofHours(1));
    assertThat(lab.run(speaking("sayable")).status()).isEqualTo(RunStatus.COMPLETED);
  }

  @Test
  void anInputThatItCanNotWriteIsRefused() {
    assertThat(
            assertCode(
                    ErrorCode.VALUE_UNSERIALIZABLE,
                    () ->
                        lab.start(speaking("fine"), Map.of("k", "unspeakable"), RunOptions.DEFAULT))
                .getMessage())
        .contains("'k'", Sealing.class.getName());
    assertThat(lab.runtime.list(new RunQuery(Set.of(), null, null, 10)).runs()).isEmpty();
  }

  @Test
  void anAnswerThatItCanNotWriteIsRefused() {
    lab.launch(Flow.named("flow").wait("w").build(), "r");

    assertCode(
        ErrorCode.VALUE_UNSERIALIZABLE,
        () -> lab.runtime.resume("r", "w", Resume.with("unspeakable")));
    assertThat(lab.resume("r", "w", Resume.with(1)).status()).isEqualTo(RunStatus.COMPLETED);
  }
}
