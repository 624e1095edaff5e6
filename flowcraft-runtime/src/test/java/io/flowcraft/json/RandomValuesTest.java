package io.flowcraft.json;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

class RandomValuesTest {

  private static final JsonMapper REFERENCE = JsonMapper.builder()
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .build();

  private final JsonSerializer serializer = new JsonSerializer();

  @Provide
  Arbitrary<Object> values() {
    return Arbitraries.randomValue(random -> new RandomData(random).value());
  }

  @Property(tries = 1000)
  void normalizedDataSurvivesItsText(@ForAll("values") Object value) {
    Object normalized = JsonValues.normalize(value, "the value");

    assertThat(serializer.deserialize(serializer.serialize(normalized))).isEqualTo(normalized);
  }

  @Property(tries = 300)
  void normalizedDataIsReturnedAsItIs(@ForAll("values") Object value) {
    Object normalized = JsonValues.normalize(value, "the value");

    assertThat(JsonValues.normalize(normalized, "the value")).isSameAs(normalized);
  }

  @Property(tries = 300)
  void anotherParserReadsTheSameText(@ForAll("values") Object value) {
    String text = serializer.serialize(value);

    assertThat(serializer.serialize(REFERENCE.readValue(text, Object.class))).isEqualTo(text);
  }

  @Property(tries = 1000)
  void aDoubleIsWrittenAsTheSameNumber(@ForAll double value) {
    String text = serializer.serialize(value);

    assertThat(Double.parseDouble(text)).isEqualTo(value == 0 ? 0.0 : value);
    assertThat(serializer.deserialize(text)).isInstanceOf(Double.class);
  }

  @Property(tries = 300)
  void aDecimalKeepsItsValue(@ForAll BigDecimal value) {
    Object again = serializer.deserialize(serializer.serialize(value));

    assertThat(new BigDecimal(again.toString())).isEqualByComparingTo(value);
  }

  @Property(tries = 300)
  void theEstimatedLengthIsNeverFarFromTheTruth(@ForAll("values") Object value) {
    Object normalized = JsonValues.normalize(value, "the value");
    // What the estimate leaves out are escapes; and it counts a number's longest form.
    int length = serializer.serialize(normalized).length();

    assertThat(JsonValues.textLength(normalized)).isBetween(length / 6L, 20 + 24L * length);
  }
}
