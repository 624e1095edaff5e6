package io.flowcraft.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.flowcraft.error.ErrorCode;
import io.flowcraft.error.FlowcraftException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class JsonValuesTest {

  private static final String OUTPUT = "the output of node \"a\"";

  record Order(int id, Optional<String> note, Instant at, Duration within, List<Kind> kinds) {}

  record Holder(Object content) {}

  enum Kind {
    LARGE;

    @Override
    public String toString() {
      return "not this";
    }
  }

  static final class Ring {
    public Ring next;
  }

  @Test
  void scalarsAreReturnedAsTheyAre() {
    for (Object scalar : Arrays.asList(null, true, 1, 1L << 40, 1.5, "text")) {
      assertThat(JsonValues.normalize(scalar, OUTPUT)).isSameAs(scalar);
    }
  }

  @Test
  void eachNumberHasOneForm() {
    assertThat(JsonValues.normalize(5L, OUTPUT)).isEqualTo(5);
    assertThat(JsonValues.normalize((short) 5, OUTPUT)).isEqualTo(5);
    assertThat(JsonValues.normalize(BigInteger.TWO, OUTPUT)).isEqualTo(2);
    assertThat(JsonValues.normalize(BigInteger.TWO.pow(40), OUTPUT)).isEqualTo(1L << 40);
    assertThat(JsonValues.normalize(0.1f, OUTPUT)).isEqualTo(0.1);
    assertThat(JsonValues.normalize(-0.0, OUTPUT)).isEqualTo(0.0);
    assertThat(JsonValues.normalize(new BigDecimal("1.50"), OUTPUT)).isEqualTo(1.5);
    assertThat(JsonValues.normalize(new BigDecimal("1.00000000000000000001"), OUTPUT))
        .isEqualTo(new BigDecimal("1.00000000000000000001"));
  }

  @Test
  void collectionsBecomeUnmodifiableCopies() {
    Map<String, Object> inner = new LinkedHashMap<>(Map.of("k", 1));
    List<Object> list = new ArrayList<>(List.of(inner, "x"));

    Object normalized = JsonValues.normalize(list, OUTPUT);
    inner.put("k", 2);
    list.clear();

    assertThat(normalized).isEqualTo(List.of(Map.of("k", 1), "x"));
    assertThatExceptionOfType(UnsupportedOperationException.class)
        .isThrownBy(() -> ((List<?>) normalized).remove(0));
    assertThatExceptionOfType(UnsupportedOperationException.class)
        .isThrownBy(() -> ((Map<?, ?>) ((List<?>) normalized).get(0)).clear());
  }

  @Test
  void mapsKeepTheirOrder() {
    Map<String, Object> map = new LinkedHashMap<>();
    List.of("z", "a", "m").forEach(key -> map.put(key, key));

    assertThat(JsonValues.normalize(map, OUTPUT)).hasToString("{z=z, a=a, m=m}");
  }

  @Test
  void normalizedDataIsNeitherCopiedNorWalkedAgain() {
    List<Integer> counted = new CountingList(100_000);

    Object normalized = JsonValues.normalize(counted, OUTPUT);
    Object wrapped = JsonValues.normalize(Map.of("items", normalized), OUTPUT);

    assertThat(JsonValues.normalize(normalized, OUTPUT)).isSameAs(normalized);
    assertThat(((Map<?, ?>) wrapped).get("items")).isSameAs(normalized);
  }

  @Test
  void objectsBecomeDataThroughJackson() {
    Order order =
        new Order(
            7, Optional.of("fast"), Instant.EPOCH, Duration.ofMinutes(5), List.of(Kind.LARGE));

    assertThat(JsonValues.normalize(Map.of("order", order), OUTPUT))
        .isEqualTo(
            Map.of(
                "order",
                Map.of(
                    "id", 7,
                    "note", "fast",
                    "at", "1970-01-01T00:00:00Z",
                    "within", "PT5M",
                    "kinds", List.of("LARGE"))));
    assertThat(JsonValues.normalize(new int[] {1, 2}, OUTPUT)).isEqualTo(List.of(1, 2));
    assertThat(JsonValues.normalize(new byte[] {1, 2}, OUTPUT)).isEqualTo("AQI=");
    assertThat(JsonValues.normalize(Map.of(Kind.LARGE, 1), OUTPUT)).isEqualTo(Map.of("LARGE", 1));
    assertThat(JsonValues.normalize('c', OUTPUT)).isEqualTo("c");
  }

  @Test
  void whatIsNoDataIsRefusedWithItsPlace() {
    Iterator<?> iterator = List.of().iterator();
    for (Object stranger :
        List.of(
            Thread.currentThread(),
            (Runnable) () -> {},
            new Object(),
            new IllegalStateException(),
            CompletableFuture.completedFuture(1),
            iterator,
            String.class)) {
      assertRefused(stranger, "found an object of class \"" + stranger.getClass().getName() + "\"");
      assertRefused(Map.of("a/b", List.of(1, stranger)), "at \"/a~1b/1\"");
      assertRefused(new Holder(stranger), "found an object of class \"" + Holder.class.getName());
    }
  }

  @Test
  void numbersThatJsonLacksAreRefused() {
    assertRefused(Double.NaN, "found the number \"NaN\"");
    assertRefused(List.of(Float.NEGATIVE_INFINITY), "found the number \"-Infinity\" at \"/0\"");
    assertRefused(new Holder(Double.POSITIVE_INFINITY), "at \"/content\"");
  }

  @Test
  void cyclesAreRefused() {
    List<Object> list = new ArrayList<>();
    list.add("x".repeat(1_000_000));
    list.add(Map.of("back", list));
    Ring ring = new Ring();
    ring.next = new Ring();
    ring.next.next = ring;

    assertRefused(list, "found a list or map that contains itself at \"/1/back\"");
    assertRefused(ring, "found an object of class");
  }

  @Test
  void tooLargeDataIsRefusedBeforeItIsCopiedWhole() {
    assertTooLarge("x".repeat(9_000_000));
    assertTooLarge(Collections.nCopies(Integer.MAX_VALUE - 8, "ten of them"));
    assertTooLarge(Map.of("k", List.of("x".repeat(9_000_000))));
    assertTooLarge(BigInteger.TEN.pow(2_000));
  }

  @Test
  void tooDeepDataIsRefused() {
    Object deep = nested(201);

    assertThat(JsonValues.normalize(nested(200), OUTPUT)).isEqualTo(nested(200));
    assertThatExceptionOfType(FlowcraftException.class)
        .isThrownBy(() -> JsonValues.normalize(deep, OUTPUT))
        .withMessageContaining("The output of node \"a\" can't be stored: found more than 200 ")
        .satisfies(e -> assertThat(e.code()).isEqualTo(ErrorCode.PAYLOAD_TOO_DEEP));
  }

  @Test
  void limitsHoldForNormalizedDataToo() {
    Object large = JsonValues.normalize(Collections.nCopies(100, "text"), OUTPUT);
    Object deep = JsonValues.normalize(nested(100), OUTPUT);
    Limits narrow = new Limits(500, 50);

    assertThatExceptionOfType(FlowcraftException.class)
        .isThrownBy(() -> JsonValues.normalize(large, narrow, OUTPUT));
    assertThatExceptionOfType(FlowcraftException.class)
        .isThrownBy(() -> JsonValues.normalize(List.of(large), narrow, OUTPUT));
    assertThatExceptionOfType(FlowcraftException.class)
        .isThrownBy(() -> JsonValues.normalize(Map.of("k", deep), narrow, OUTPUT));
  }

  @Test
  void aListThatFailsWhileItIsReadIsTheUsersFault() {
    List<Object> list = new ArrayList<>(List.of(1, 2, 3));
    list.add(
        new ArrayList<Object>(List.of(1)) {
          private static final long serialVersionUID = 1L;

          @Override
          public Iterator<Object> iterator() {
            list.clear();
            return super.iterator();
          }
        });
    list.add(4);

    assertRefused(list, "reading it failed with \"java.util.ConcurrentModificationException\"");
  }

  @Test
  void dataConvertsToTypes() {
    Map<String, Object> data =
        Map.of("id", 7, "note", "fast", "unknown", true, "kinds", List.of("LARGE"));

    Order order = JsonValues.convert(data, Order.class, "the input");

    assertThat(order.id()).isEqualTo(7);
    assertThat(order.kinds()).containsExactly(Kind.LARGE);
    assertThat(JsonValues.convert(5, long.class, "the input")).isEqualTo(5L);
    assertThat(JsonValues.convert(5, BigDecimal.class, "the input"))
        .isEqualTo(BigDecimal.valueOf(5));
    assertThat(JsonValues.convert("PT5M", Duration.class, "the input")).hasMinutes(5);
    assertThat((Object) JsonValues.convert(data, Map.class, "the input")).isSameAs(data);
  }

  @Test
  void whatDoesNotConvertIsRefusedWithoutPrintingIt() {
    assertThatExceptionOfType(FlowcraftException.class)
        .isThrownBy(() -> JsonValues.convert(Map.of("id", "secret"), Order.class, "the input"))
        .withMessageContaining("The input can't be read as \"" + Order.class.getName() + "\"")
        .withMessageContaining("found a map with a member \"/id\" that is no int")
        .withMessageContaining("Ask for a type that fits the data")
        .withMessageNotContaining("secret")
        .withNoCause()
        .satisfies(e -> assertThat(e.code()).isEqualTo(ErrorCode.VALUE_TYPE));
    assertThatExceptionOfType(FlowcraftException.class)
        .isThrownBy(() -> JsonValues.convert(null, String.class, "the input"))
        .withMessageContaining("found null");
    assertThatExceptionOfType(FlowcraftException.class)
        .isThrownBy(() -> JsonValues.convert(1.5, Integer.class, "the input"));
  }

  private static Object nested(int levels) {
    Object value = new ArrayList<>();
    for (int i = 1; i < levels; i++) {
      value = new ArrayList<>(List.of(value));
    }
    return value;
  }

  private static void assertRefused(Object value, String found) {
    assertThatExceptionOfType(FlowcraftException.class)
        .isThrownBy(() -> JsonValues.normalize(value, OUTPUT))
        .withMessageContaining("The output of node \"a\" can't be stored: ")
        .withMessageContaining(found)
        .withMessageContaining("expected ")
        .withMessageContaining("Hand over ")
        .satisfies(e -> assertThat(e.code()).isEqualTo(ErrorCode.VALUE_UNSERIALIZABLE));
  }

  private static void assertTooLarge(Object value) {
    assertThatExceptionOfType(FlowcraftException.class)
        .isThrownBy(() -> JsonValues.normalize(value, OUTPUT))
        .withMessageContaining("The output of node \"a\" can't be stored: found ")
        .satisfies(e -> assertThat(e.code()).isEqualTo(ErrorCode.PAYLOAD_TOO_LARGE));
  }

  /** Fails when it is iterated a second time. */
  private static final class CountingList extends ArrayList<Integer> {

    private static final long serialVersionUID = 1L;
    private boolean isRead;

    CountingList(int size) {
      super(Collections.nCopies(size, 1));
    }

    @Override
    public Iterator<Integer> iterator() {
      assertThat(isRead).isFalse();
      isRead = true;
      return super.iterator();
    }
  }
}
