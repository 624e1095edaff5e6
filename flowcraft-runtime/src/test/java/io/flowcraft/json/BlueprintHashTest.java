package io.flowcraft.json;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class BlueprintHashTest {

  private static final String PLAIN =
      """
      {"id":"x","nodes":[{"id":"a","uses":"u","params":{"p":1,"q":[2]}},{"id":"b","uses":"u"}],
      "edges":[{"source":"a","target":"b"}]}""";

  /** Stored runs refer to their definition by this hash: it must never change. */
  @Test
  void isTheHashOfTheCanonicalText() {
    // {"edges":[{"source":"a","target":"b"}],"id":"x","nodes":[{"id":"a","params":{"p":1,"q":[2]},
    // "uses":"u"},{"id":"b","uses":"u"}]}
    assertThat(hash(PLAIN))
        .isEqualTo("e20e0670af4cb86e8d9c41ead266eca2ce728c43ce82081721666fa599324548");
  }

  @Test
  void theOrderOfMembersAndSpelledOutDefaultsDoNotCount() {
    assertThat(
            hash(
                """
                {"metadata":{},"edges":[{"target":"b","source":"a","action":"","condition":null,
                "_sourceLocation":{"file":"f","line":1,"column":1}}],
                "nodes":[{"params":{"q":[2.0],"p":1.0},"uses":"u","id":"a","position":{"x":5},
                "config":{"maxRetries":1,"joinStrategy":"all"}},{"id":"b","uses":"u","params":{}}],
                "id":"x"}"""))
        .isEqualTo(hash(PLAIN));
  }

  @Test
  void everythingWithAMeaningCounts() {
    assertThat(PLAIN)
        .satisfies(text -> assertDiffers(text.replace("\"p\":1", "\"p\":2")))
        .satisfies(text -> assertDiffers(text.replace("\"p\":1", "\"p\":\"1\"")))
        .satisfies(text -> assertDiffers(text.replace("\"id\":\"x\"", "\"id\":\"y\"")))
        .satisfies(text -> assertDiffers(text.replace("\"target\":\"b\"", "\"target\":\"a\"")))
        .satisfies(text -> assertDiffers(text.replace("b\"}]", "b\",\"transform\":\"\"}]")))
        .satisfies(text -> assertDiffers(text.replace("b\"}]", "b\",\"action\":\"go\"}]")))
        .satisfies(
            text -> assertDiffers(text.replace("}]}", "}],\"metadata\":{\"version\":\"2\"}}")))
        .satisfies(text -> assertDiffers(text.replace("\"u\"}]", "\"u\",\"inputs\":{}}]")));
  }

  @Test
  void theOrderOfNodesCounts() {
    assertThat(
            hash(
                "{\"id\":\"x\",\"nodes\":[{\"id\":\"a\",\"uses\":\"u\"},{\"id\":\"b\",\"uses\":\"u\"}]}"))
        .isNotEqualTo(
            hash(
                "{\"id\":\"x\",\"nodes\":[{\"id\":\"b\",\"uses\":\"u\"},{\"id\":\"a\",\"uses\":\"u\"}]}"));
  }

  private static void assertDiffers(String text) {
    assertThat(text).isNotEqualTo(PLAIN);
    assertThat(hash(text)).isNotEqualTo(hash(PLAIN));
  }

  private static String hash(String text) {
    return BlueprintHash.of(BlueprintJson.read(text));
  }
}
