package io.flowcraft.examples.snippets;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Keeps the Java of the README and the guides equal to code that compiles and runs.
 *
 * <p>Code is marked by {@code // snippet:name} and {@code // end:name} in the tests of this
 * package; a block of Java in Markdown follows a comment {@code <!-- snippet:name -->}.
 */
class SnippetsTest {

  private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
  private static final Path CODE = Path.of("src/test/java/io/flowcraft/examples/snippets");
  private static final Pattern MARKED =
      Pattern.compile("// snippet:([\\w-]+)\\R(.*?)// end:\\1\\R", Pattern.DOTALL);
  private static final Pattern BLOCK =
      Pattern.compile("(?:<!-- snippet:([\\w-]+) -->\\R)?```java\\R(.*?)```", Pattern.DOTALL);
  private static final Pattern LINK = Pattern.compile("\\]\\((?!https?:)([^)#]+)(?:#[^)]*)?\\)");

  /** A block of Java in a document. */
  private record Block(String place, String name, String text) {}

  private static final Map<String, String> code = new TreeMap<>();
  private static final List<Block> blocks = new ArrayList<>();

  @BeforeAll
  static void read() throws IOException {
    for (Path file : files(CODE, ".java")) {
      Matcher marked = MARKED.matcher(Files.readString(file));
      while (marked.find()) {
        String other = code.put(marked.group(1), squeeze(marked.group(2)));
        assertThat(other).as("a second snippet called %s", marked.group(1)).isNull();
      }
    }
    for (Path document : documents()) {
      Matcher block = BLOCK.matcher(Files.readString(document));
      while (block.find()) {
        String name = block.group(1) == null ? "" : block.group(1);
        blocks.add(new Block(ROOT.relativize(document).toString(), name, squeeze(block.group(2))));
      }
    }
  }

  @Test
  void javaInDocumentsIsJavaThatCompiles() {
    assertThat(blocks).hasSizeGreaterThan(20);
    for (Block block : blocks) {
      assertThat(block.name())
          .as(
              "%s: write <!-- snippet:name --> above a block of Java: %s",
              block.place(), block.text())
          .isNotEmpty();
      assertThat(block.text())
          .as("%s: the snippet %s", block.place(), block.name())
          .isEqualTo(code.get(block.name()));
    }
  }

  @Test
  void everySnippetIsShownSomewhere() {
    TreeSet<String> unused = new TreeSet<>(code.keySet());
    blocks.forEach(block -> unused.remove(block.name()));

    assertThat(unused).isEmpty();
  }

  @Test
  void linksLeadSomewhere() throws IOException {
    for (Path document : documents()) {
      Matcher link = LINK.matcher(Files.readString(document));
      while (link.find()) {
        assertThat(document.resolveSibling(link.group(1)))
            .as("%s: a link", ROOT.relativize(document))
            .exists();
      }
    }
  }

  private static List<Path> documents() throws IOException {
    List<Path> documents = new ArrayList<>(files(ROOT.resolve("docs"), ".md"));
    documents.removeIf(file -> file.toString().endsWith("template.md"));
    documents.add(ROOT.resolve("README.md"));
    return documents;
  }

  private static String squeeze(String text) {
    return text.replaceAll("\\s+", "");
  }

  private static List<Path> files(Path folder, String ending) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return files.filter(file -> file.toString().endsWith(ending)).sorted().toList();
    }
  }
}
