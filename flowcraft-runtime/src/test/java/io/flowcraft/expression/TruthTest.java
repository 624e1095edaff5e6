package io.flowcraft.expression;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TruthTest {

  @Test
  void nothingFalseZeroAndEmptyTextAreFalse() {
    for (Object value :
        Arrays.asList(null, false, 0, 0L, 0.0, -0.0, Double.NaN, "", BigDecimal.ZERO)) {
      assertThat(Truth.of(value)).as("%s", value).isFalse();
    }
  }

  @Test
  void allElseIsTrue() {
    for (Object value : List.of(true, 1, -1L, 0.1, "0", "false", " ", List.of(), Map.of())) {
      assertThat(Truth.of(value)).as("%s", value).isTrue();
    }
  }
}
