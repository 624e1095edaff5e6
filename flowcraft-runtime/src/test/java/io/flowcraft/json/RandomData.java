package io.flowcraft.json;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Draws JSON-like data, preferring what is likely to break. */
final class RandomData {

  private static final List<String> TEXTS =
      List.of(
          "", "0", "10", "01", "4294967294", "4294967295", "a.b", "-1", "\"\\/", "\n\u0000\u001f");

  private static final String LETTERS = "ab\"\\\n\u0007<é日\ud83d\ude00 ";

  private final Random random;

  RandomData(Random random) {
    this.random = random;
  }

  String text() {
    if (random.nextInt(3) == 0) {
      return TEXTS.get(random.nextInt(TEXTS.size()));
    }
    StringBuilder text = new StringBuilder();
    for (int i = random.nextInt(8); i > 0; i--) {
      // Halves of a pair are drawn alone, too.
      text.append(LETTERS.charAt(random.nextInt(LETTERS.length())));
    }
    return text.toString();
  }

  Object value() {
    return value(3);
  }

  private Object value(int levels) {
    return switch (random.nextInt(levels == 0 ? 9 : 12)) {
      case 0 -> null;
      case 1 -> random.nextBoolean();
      case 2 -> random.nextInt();
      case 3 -> random.nextInt(100) - 50L;
      case 4 -> random.nextLong();
      case 5 -> finiteDouble();
      case 6 -> random.nextInt(1000) / 8.0;
      case 7 -> new BigInteger(1 + random.nextInt(200), random).negate();
      case 8 -> new BigDecimal(new BigInteger(random.nextInt(90), random), random.nextInt(60) - 20);
      case 9, 10 -> map(levels - 1);
      default -> list(levels - 1);
    };
  }

  Map<String, Object> map() {
    return map(2);
  }

  private Map<String, Object> map(int levels) {
    Map<String, Object> map = new LinkedHashMap<>();
    for (int i = random.nextInt(5); i > 0; i--) {
      map.put(wellFormed(text()), value(levels));
    }
    return map;
  }

  private List<Object> list(int levels) {
    List<Object> list = new ArrayList<>();
    for (int i = random.nextInt(5); i > 0; i--) {
      list.add(value(levels));
    }
    return list;
  }

  private static String wellFormed(String text) {
    return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
  }

  double finiteDouble() {
    double value = Double.longBitsToDouble(random.nextLong());
    return Double.isFinite(value) ? value : 1;
  }
}
