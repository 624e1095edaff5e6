package io.flowcraft.json;

import static org.assertj.core.api.Assertions.assertThat;

import io.flowcraft.random.Seeds;
import java.math.BigDecimal;
import java.math.BigInteger;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

class RandomValuesTest {

  private static final JsonMapper REFERENCE =
      JsonMapper.builder().enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS).build();

  private final JsonSerializer serializer = new JsonSerializer();

  @Test
  void normalizedDataSurvivesItsText() {
    Seeds.each(
        1000,
        random -> {
          Object value = new RandomData(random).value();
          Object normalized = JsonValues.normalize(value, "the value");

          assertThat(serializer.deserialize(serializer.serialize(normalized)))
              .isEqualTo(normalized);
        });
  }

  @Test
  void normalizedDataIsReturnedAsItIs() {
    Seeds.each(
        300,
        random -> {
          Object value = new RandomData(random).value();
          Object normalized = JsonValues.normalize(value, "the value");

          assertThat(JsonValues.normalize(normalized, "the value")).isSameAs(normalized);
        });
  }

  @Test
  void anotherParserReadsTheSameText() {
    Seeds.each(
        300,
        random -> {
          Object value = new RandomData(random).value();
          String text = serializer.serialize(value);

          assertThat(serializer.serialize(REFERENCE.readValue(text, Object.class))).isEqualTo(text);
        });
  }

  @Test
  void aDoubleIsWrittenAsTheSameNumber() {
    Seeds.each(
        1000,
        random -> {
          double value = new RandomData(random).finiteDouble();
          String text = serializer.serialize(value);

          assertThat(Double.parseDouble(text)).isEqualTo(value == 0 ? 0.0 : value);
          assertThat(serializer.deserialize(text)).isInstanceOf(Double.class);
        });
  }

  @Test
  void aDecimalKeepsItsValue() {
    Seeds.each(
        300,
        random -> {
          BigDecimal value =
              new BigDecimal(
                  new BigInteger(random.nextInt(300), random), random.nextInt(600) - 300);
          Object again = serializer.deserialize(serializer.serialize(value));

          assertThat(new BigDecimal(serializer.serialize(again))).isEqualByComparingTo(value);
        });
  }

  @Test
  void theEstimatedLengthIsNeverFarFromTheTruth() {
    Seeds.each(
        300,
        random -> {
          Object value = new RandomData(random).value();
          Object normalized = JsonValues.normalize(value, "the value");
          // What the estimate leaves out are escapes; and it counts a number's longest form.
          int length = serializer.serialize(normalized).length();

          assertThat(JsonValues.textLength(normalized)).isBetween(length / 6L, 20 + 24L * length);
        });
  }
}
