package io.flowcraft.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.flowcraft.blueprint.Blueprint;
import io.flowcraft.blueprint.EdgeDefinition;
import io.flowcraft.blueprint.InputMapping;
import io.flowcraft.blueprint.Join;
import io.flowcraft.blueprint.NodeConfig;
import io.flowcraft.blueprint.NodeDefinition;
import io.flowcraft.blueprint.Retry;
import io.flowcraft.blueprint.SourceLocation;
import io.flowcraft.error.ErrorCode;
import io.flowcraft.error.FlowcraftException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.assertj.core.api.ThrowableAssertAlternative;
import org.junit.jupiter.api.Test;

class BlueprintJsonTest {

  private static final String FULL =
      """
      {"id":"order","nodes":[\
      {"id":"a","uses":"const","params":{"value":[1,null,{"k":0.5}]},"inputs":"cart",\
      "config":{"maxRetries":3,"retryDelay":200,"timeout":1500,"fallback":"f",\
      "joinStrategy":"any"},"_sourceLocation":{"file":"flow.ts","line":3,"column":14}},\
      {"id":"f","uses":"echo","inputs":{"x":"a","y":"_inputs.a"}}],\
      "edges":[{"source":"a","target":"f","action":"go","condition":"result.output",\
      "transform":"input.x"}],"metadata":{"version":"1"}}""";

  @Test
  void readsTheFormOfTheNpmLibrary() {
    Blueprint blueprint = BlueprintJson.read(FULL);

    NodeDefinition a = blueprint.node("a").orElseThrow();
    assertThat(a.config())
        .isEqualTo(
            new NodeConfig(
                Retry.fixed(Duration.ofMillis(200)).maxAttempts(3),
                Duration.ofMillis(1500),
                "f",
                Join.any()));
    assertThat(a.inputs()).isEqualTo(InputMapping.from("cart"));
    assertThat(a.sourceLocation()).isEqualTo(new SourceLocation("flow.ts", 3, 14));
    assertThat(blueprint.nodes().get(1).inputs())
        .isEqualTo(InputMapping.from(Map.of("x", "a", "y", "_inputs.a")));
    assertThat(blueprint.edges())
        .containsExactly(
            EdgeDefinition.of("a", "f").on("go").when("result.output").transform("input.x"));
    assertThat(blueprint.version()).isEqualTo("1");
  }

  @Test
  void writesTheFormOfTheNpmLibrary() {
    assertThat(BlueprintJson.write(BlueprintJson.read(FULL))).isEqualTo(FULL);
  }

  @Test
  void readsWhatGoesBeyondTheNpmLibrary() {
    NodeDefinition node =
        node(
            """
            {"retry":{"maxAttempts":5,"delay":"10s","factor":2,"maxDelay":"5m","jitter":0.5,
            "nonRetryable":["java.io.IOException"]},"timeout":"1h","joinStrategy":"atLeast:2"}""");

    assertThat(node.config())
        .isEqualTo(
            new NodeConfig(
                new Retry(
                    5,
                    Duration.ofSeconds(10),
                    2,
                    Duration.ofMinutes(5),
                    0.5,
                    List.of("java.io.IOException")),
                Duration.ofHours(1),
                null,
                Join.atLeast(2)));
    assertThat(node("{\"retry\":{}}").config().retry()).isEqualTo(Retry.fixed(Duration.ZERO));
  }

  @Test
  void writesWhatGoesBeyondTheNpmLibraryOnlyWhereItIsUsed() {
    Retry growing = Retry.exponential(Duration.ofSeconds(1)).maxDelay(Duration.ofMinutes(1));
    NodeDefinition node =
        NodeDefinition.of("a", "u")
            .withConfig(NodeConfig.DEFAULT.withRetry(growing).withJoin(Join.every()));

    assertThat(BlueprintJson.toMap(node).get("config"))
        .hasToString(
            "{retry={maxAttempts=3, delay=1000, factor=2.0, maxDelay=60000, jitter=0.0},"
                + " joinStrategy=every}");
    assertThat(BlueprintJson.toMap(NodeDefinition.of("a", "u"))).hasToString("{id=a, uses=u}");
  }

  @Test
  void fewerThanOneAttemptCountAsOne() {
    assertThat(node("{\"maxRetries\":0}").config().retry().maxAttempts()).isEqualTo(1);
    assertThat(node("{\"maxRetries\":-3}").config().retry().maxAttempts()).isEqualTo(1);
  }

  @Test
  void nodesAndEdgesMayBeMaps() {
    Blueprint blueprint =
        BlueprintJson.read(
            """
            {"id":"x","nodes":{"one":{"id":"a","uses":"u"}},"edges":{"e":{"source":"a","target":"a"}}}
            """);

    assertThat(blueprint.nodes()).containsExactly(NodeDefinition.of("a", "u"));
    assertThat(blueprint.edges()).containsExactly(EdgeDefinition.of("a", "a"));
  }

  @Test
  void whatIsNotThereMayBeAbsentOrNull() {
    Blueprint empty = new Blueprint("x", List.of(), List.of());

    assertThat(BlueprintJson.read("{\"id\":\"x\"}")).isEqualTo(empty);
    assertThat(BlueprintJson.read("{\"id\":\"x\",\"nodes\":null,\"edges\":null,\"metadata\":null}"))
        .isEqualTo(empty);
    assertThat(node("null")).isEqualTo(NodeDefinition.of("a", "u"));
  }

  @Test
  void anEmptyInputIsNoneAndAnEmptyMapIsAChoice() {
    assertThat(BlueprintJson.readNode(Map.of("id", "a", "uses", "u", "inputs", "")).inputs())
        .isNull();
    assertThat(BlueprintJson.readNode(Map.of("id", "a", "uses", "u", "inputs", Map.of())).inputs())
        .isEqualTo(InputMapping.from(Map.of()));
  }

  @Test
  void unknownMembersAreIgnored() {
    assertThat(
            BlueprintJson.read(
                "{\"id\":\"x\",\"zoom\":2,\"nodes\":[{\"id\":\"a\",\"uses\":\"u\",\"position\":{}}]}"))
        .isEqualTo(new Blueprint("x", List.of(NodeDefinition.of("a", "u")), List.of()));
  }

  @Test
  void reportsEveryProblemWithItsPlace() {
    assertMalformed(
            """
            {"nodes":[{"uses":5},7,{"id":"a","uses":"u","params":[1],"inputs":{"x":1},
            "config":{"maxRetries":"two","retryDelay":-1,"timeout":"soon","fallback":[],
            "joinStrategy":"most"}}],"edges":{"e/1":{"source":""}},"metadata":"m"}""")
        .withMessageContaining("The blueprint can't be read: found 14 problems\n")
        .withMessageContaining("- found no member \"id\", expected a text that is not empty\n")
        .withMessageContaining("- at \"/nodes/0\": found no member \"id\"")
        .withMessageContaining("- at \"/nodes/0/uses\": found 5, expected a text\n")
        .withMessageContaining("- at \"/nodes/1\": found 7, expected a map\n")
        .withMessageContaining("- at \"/nodes/2/params\": found a list, expected a map\n")
        .withMessageContaining("- at \"/nodes/2/inputs/x\": found 1, expected a text\n")
        .withMessageContaining(
            "- at \"/nodes/2/config/maxRetries\": found \"two\", expected an int")
        .withMessageContaining(
            "- at \"/nodes/2/config/retryDelay\": found -1, expected a number of")
        .withMessageContaining(
            "- at \"/nodes/2/config/timeout\": found \"soon\", expected a number")
        .withMessageContaining("- at \"/nodes/2/config/fallback\": found a list, expected a text\n")
        .withMessageContaining(
            "- at \"/nodes/2/config/joinStrategy\": found \"most\", expected \"all")
        .withMessageContaining(
            "- at \"/edges/e~11/source\": found \"\", expected a text that is not")
        .withMessageContaining("- at \"/edges/e~11\": found no member \"target\", expected a text")
        .withMessageContaining("- at \"/metadata\": found \"m\", expected a map\n")
        .withMessageEndingWith("Correct them and read it again.");
  }

  @Test
  void theKeyOfANodeIsNotItsId() {
    assertMalformed("{\"id\":\"x\",\"nodes\":{\"a\":{\"uses\":\"u\"}}}")
        .withMessageContaining("- at \"/nodes/a\": found no member \"id\"");
  }

  @Test
  void refusesRetriesThatContradictEachOtherOrThemselves() {
    assertMalformed(
            """
            {"id":"x","nodes":[{"id":"a","uses":"u","config":{"maxRetries":2,"retry":
            {"maxAttempts":0,"factor":0.5,"jitter":2,"nonRetryable":"all"}}}]}""")
        .withMessageContaining("/config/maxRetries\": found 2, expected nothing, because there is")
        .withMessageContaining("/retry/maxAttempts\": found 0, expected at least 1")
        .withMessageContaining("/retry/factor\": found 0.5, expected a number from 1.0 to 999.0")
        .withMessageContaining("/retry/jitter\": found 2, expected a number from 0.0 to 1.0")
        .withMessageContaining("/retry/nonRetryable\": found \"all\", expected a list of texts");
  }

  @Test
  void aLongListOfProblemsIsCutAndCounted() {
    String nodes = IntStream.range(0, 150).mapToObj(i -> "1").collect(Collectors.joining(","));

    assertMalformed("{\"id\":\"x\",\"nodes\":[" + nodes + "]}")
        .withMessageContaining("found 150 problems")
        .withMessageContaining("- at \"/nodes/99\"")
        .withMessageContaining("- and 50 more")
        .withMessageNotContaining("- at \"/nodes/100\"");
  }

  @Test
  void whatIsNoBlueprintAtAllIsRefused() {
    assertMalformed("[]").withMessageContaining("found 1 problem\n- found a list, expected a map");
    assertMalformed("{\"id\":").withMessageContaining("in line 1, column ");
    assertMalformed("{\"id\":\"x\",\"id\":\"y\"}").withMessageContaining("Duplicate");
    assertThatExceptionOfType(FlowcraftException.class)
        .isThrownBy(() -> BlueprintJson.readNode("a"))
        .withMessageContaining("The node can't be read: found 1 problem");
  }

  @Test
  void boundsWhatItReads() {
    BlueprintLimits limits = new BlueprintLimits(200, 4, 2, 1);
    String node = "{\"id\":\"a\",\"uses\":\"u\"}";
    String edge = "{\"source\":\"a\",\"target\":\"a\"}";

    assertTooLarge("{\"id\":\"x\",\"nodes\":[%1$s,%1$s,%1$s]}".formatted(node), limits, "3 nodes");
    assertTooLarge("{\"id\":\"x\",\"edges\":[%1$s,%1$s]}".formatted(edge), limits, "2 edges");
    assertTooLarge("{\"id\":\"" + "x".repeat(200) + "\"}", limits, "209 characters");
    assertThatExceptionOfType(FlowcraftException.class)
        .isThrownBy(() -> BlueprintJson.read("{\"id\":\"x\",\"metadata\":[[[[1]]]]}", limits))
        .satisfies(e -> assertThat(e.code()).isEqualTo(ErrorCode.PAYLOAD_TOO_DEEP));
  }

  @Test
  void parametersThatAreNoDataCannotBeWritten() {
    NodeDefinition node = new NodeDefinition("a", "u", Map.of("t", Thread.currentThread()));

    assertThatExceptionOfType(FlowcraftException.class)
        .isThrownBy(() -> BlueprintJson.write(new Blueprint("x", List.of(node), List.of())))
        .withMessageContaining("Blueprint \"x\" can't be stored")
        .withMessageContaining("at \"/nodes/0/params/t\"");
  }

  private static NodeDefinition node(String config) {
    String text = "{\"id\":\"x\",\"nodes\":[{\"id\":\"a\",\"uses\":\"u\",\"config\":%s}]}";
    return BlueprintJson.read(text.formatted(config)).nodes().get(0);
  }

  private static ThrowableAssertAlternative<FlowcraftException> assertMalformed(String text) {
    return assertThatExceptionOfType(FlowcraftException.class)
        .isThrownBy(() -> BlueprintJson.read(text))
        .satisfies(e -> assertThat(e.code()).isEqualTo(ErrorCode.BLUEPRINT_MALFORMED));
  }

  private static void assertTooLarge(String text, BlueprintLimits limits, String found) {
    assertThatExceptionOfType(FlowcraftException.class)
        .isThrownBy(() -> BlueprintJson.read(text, limits))
        .withMessageContaining("The blueprint can't be read: found " + found)
        .withMessageContaining("expected at most ")
        .satisfies(e -> assertThat(e.code()).isEqualTo(ErrorCode.PAYLOAD_TOO_LARGE));
  }
}
