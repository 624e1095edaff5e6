package io.flowcraft.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class CommentsTest {

  @Test
  void theApiSpeaks() {
    assertThat(House.HERE.module("flowcraft-api").sources())
        .isNotEmpty()
        .filteredOn(file -> !Visibility.isInternal(file.packageName()))
        .flatExtracting(Comments::missingIn)
        .isEmpty();
  }

  @Test
  void silenceIsReported() {
    SourceFile file =
        SourceFile.parse(
            "A.java",
            """
            public interface A {
              void silent();
              /** Speaks. */
              void spoken();
              class Nested {
                protected Nested() {}
                private void hidden() {}
                @Override public String toString() { return ""; }
              }
              record Pair(int a, int b) {
                public Pair {}
                public int sum() { return a + b; }
              }
            }
            class Unseen {
              public void silent() {}
            }
            """);
    assertThat(Comments.missingIn(file))
        .containsExactly(
            "A.java:1: A has no comment",
            "A.java:2: silent has no comment",
            "A.java:5: Nested has no comment",
            "A.java:6: <init> has no comment",
            "A.java:10: Pair has no comment",
            "A.java:12: sum has no comment");
  }
}
