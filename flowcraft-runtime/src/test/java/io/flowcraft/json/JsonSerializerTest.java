package io.flowcraft.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.flowcraft.error.ErrorCode;
import io.flowcraft.error.FlowcraftException;
import io.flowcraft.golden.JsonAssert;
import io.flowcraft.golden.PureTable;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class JsonSerializerTest {

  private final JsonSerializer serializer = new JsonSerializer();

  @TestFactory
  Stream<DynamicTest> behavesAsRecorded() {
    return PureTable.of("json-serializer")
        .tests(
            row -> {
              if (row.has("thrown")) {
                assertThatExceptionOfType(FlowcraftException.class)
                    .isThrownBy(() -> serializer.deserialize(row.text("text")));
              } else if (row.text("op").equals("serialize")) {
                assertThat(serializer.serialize(row.get("data"))).isEqualTo(row.get("expected"));
              } else {
                assertThat(JsonAssert.comparable(serializer.deserialize(row.text("text"))))
                    .isEqualTo(JsonAssert.comparable(row.get("expected")));
              }
            });
  }

  @Test
  void namesThatAreIndexesComeFirst() {
    Map<String, Object> data = new LinkedHashMap<>();
    List.of("b", "10", "9", "01", "-1", "4294967294", "4294967295", "a")
        .forEach(name -> data.put(name, 0));

    assertThat(serializer.serialize(data))
        .isEqualTo(
            "{\"9\":0,\"10\":0,\"4294967294\":0,\"b\":0,\"01\":0,\"-1\":0,\"4294967295\":0,\"a\":0}");
  }

  @Test
  void numbersLookLikeThoseOfJavaScriptButDoublesStayDoubles() {
    assertThat(
            serializer.serialize(
                List.of(
                    1e21,
                    1e-7,
                    Double.MIN_VALUE,
                    2 * Double.MIN_VALUE,
                    1.5e300,
                    1e-6,
                    123456789.5)))
        .isEqualTo("[1e+21,1e-7,5e-324,1e-323,1.5e+300,0.000001,123456789.5]");
    assertThat(serializer.serialize(List.of(100.0, 1e20, -2.0)))
        .isEqualTo("[100.0,100000000000000000000.0,-2.0]");
  }

  @Test
  void readsEachNumberInTheSmallestClassThatHoldsIt() {
    assertThat(serializer.deserialize("[1,3000000000,12345678901234567890,1.5,1e2,-0]"))
        .isEqualTo(
            List.of(1, 3_000_000_000L, new BigInteger("12345678901234567890"), 1.5, 100.0, 0));
  }

  @Test
  void keepsTheDigitsThatADoubleWouldLose() {
    assertThat(serializer.deserialize("[0.12345678901234567890123,1e400,1e-400]"))
        .isEqualTo(
            List.of(
                new BigDecimal("0.12345678901234567890123"),
                new BigDecimal("1e400"),
                new BigDecimal("1e-400")));
  }

  @Test
  void theLastMemberOfANameCounts() {
    assertThat(serializer.deserialize("{\"a\":1,\"b\":2,\"a\":3}")).hasToString("{a=3, b=2}");
  }

  @Test
  void saysWhereATextIsMalformed() {
    for (String text : List.of("", "{", "[1,]", "{\"a\":1}x", "[1]\n,", "nul", "1e99999999999")) {
      assertThatExceptionOfType(FlowcraftException.class)
          .isThrownBy(() -> serializer.deserialize(text))
          .withMessageContaining("Data can't be read: found ")
          .withMessageContaining("expected one JSON value")
          .satisfies(e -> assertThat(e.code()).isEqualTo(ErrorCode.INPUT_MALFORMED));
    }
    assertThatExceptionOfType(FlowcraftException.class)
        .isThrownBy(() -> serializer.deserialize("{\n  \"a\": oops}"))
        .withMessageContaining("in line 2, column ");
  }

  @Test
  void refusesMoreThanItsLimits() {
    JsonSerializer small = new JsonSerializer(new Limits(20, 3));

    assertThatExceptionOfType(FlowcraftException.class)
        .isThrownBy(() -> small.deserialize("\"" + "x".repeat(20) + "\""))
        .withMessageContaining("found 22 characters; expected at most 20")
        .satisfies(e -> assertThat(e.code()).isEqualTo(ErrorCode.PAYLOAD_TOO_LARGE));
    assertThatExceptionOfType(FlowcraftException.class)
        .isThrownBy(() -> small.deserialize("[[[[]]]]"))
        .withMessageContaining("more than 3 lists and maps nested")
        .satisfies(e -> assertThat(e.code()).isEqualTo(ErrorCode.PAYLOAD_TOO_DEEP));
    assertThatExceptionOfType(FlowcraftException.class)
        .isThrownBy(() -> small.serialize(List.of("x".repeat(20))))
        .satisfies(e -> assertThat(e.code()).isEqualTo(ErrorCode.PAYLOAD_TOO_LARGE));
  }

  @Test
  void whatItReadsIsNormalizedAlready() {
    Object data = serializer.deserialize("{\"a\":[1,{\"b\":null}],\"c\":{}}");

    assertThat(JsonValues.normalize(data, "the data")).isSameAs(data);
  }
}
