package io.flowcraft.golden;

import static org.assertj.core.api.Assertions.assertThat;

import io.flowcraft.json.JsonSerializer;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;

/** A table of recorded results of one of the original's pure functions. */
public record PureTable(Map<String, Object> data) {

  /** What the original returned where it returned nothing. */
  public static final Map<String, Object> UNDEFINED = Map.of("$undefined", true);

  /** Reads the table of a function. */
  public static PureTable of(String function) {
    String resource = "/golden/pure/" + function + ".json";
    try (InputStream in = PureTable.class.getResourceAsStream(resource)) {
      byte[] bytes = Objects.requireNonNull(in, resource).readAllBytes();
      Object data = new JsonSerializer().deserialize(new String(bytes, StandardCharsets.UTF_8));
      return new PureTable(map(data));
    } catch (IOException e) {
      throw new IllegalStateException(resource, e);
    }
  }

  /** The rows. */
  public List<Row> rows() {
    return ((List<?>) data.get("entries")).stream().map(row -> new Row(map(row))).toList();
  }

  /** A test for each row; fails if there are none. */
  public Stream<DynamicTest> tests(Consumer<Row> test) {
    assertThat(rows()).isNotEmpty();
    return rows().stream()
        .map(row -> DynamicTest.dynamicTest("<" + row.name() + ">", () -> test.accept(row)));
  }

  @SuppressWarnings("unchecked") // JSON objects have texts as keys
  private static Map<String, Object> map(Object data) {
    return (Map<String, Object>) data;
  }

  /** A row. */
  public record Row(Map<String, Object> data) {

    /** The name of the row. */
    public String name() {
      return (String) data.get("name");
    }

    /** A member of the row. */
    public Object get(String member) {
      return data.get(member);
    }

    /** A member that is a text. */
    public String text(String member) {
      return (String) data.get(member);
    }

    /** A member that is a map. */
    public Map<String, Object> map(String member) {
      return PureTable.map(data.get(member));
    }

    /** Whether there is such a member. */
    public boolean has(String member) {
      return data.containsKey(member);
    }

    /** Whether the row shows a quirk. */
    public boolean shows(String quirk) {
      return data.get("quirkIds") instanceof List<?> quirks && quirks.contains(quirk);
    }
  }
}
