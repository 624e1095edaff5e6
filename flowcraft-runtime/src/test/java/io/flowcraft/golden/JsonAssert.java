package io.flowcraft.golden;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Brings data into a form in which the original's numbers and ours can be compared. */
public final class JsonAssert {

  private JsonAssert() {}

  /** The same data with every number as the double that JavaScript would have. */
  public static Object comparable(Object data) {
    if (data instanceof Number number) {
      return new BigDecimal(number.toString()).doubleValue();
    }
    if (data instanceof Map<?, ?> map) {
      Map<Object, Object> copy = new LinkedHashMap<>();
      map.forEach((key, value) -> copy.put(key, comparable(value)));
      return copy;
    }
    if (data instanceof List<?> list) {
      List<Object> copy = new ArrayList<>();
      list.forEach(element -> copy.add(comparable(element)));
      return copy;
    }
    return data;
  }
}
