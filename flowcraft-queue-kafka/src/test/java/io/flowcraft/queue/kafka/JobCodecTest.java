package io.flowcraft.queue.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.flowcraft.spi.Job;
import io.flowcraft.spi.Payload;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;

class JobCodecTest {

  private final JobCodec codec = new JobCodec(Kafka.context().serializer());

  private static Job full() {
    return new Job(
        "run ✓",
        "blueprint",
        Long.MIN_VALUE,
        "pages#3/rows#0:node \"ä\"",
        Integer.MAX_VALUE,
        Payload.ofText("{\"n\":[1,null]}", Kafka.context().serializer()),
        Map.of("traceparent", "00-1-2-01", "empty", ""));
  }

  private Job roundTrip(Job job) {
    ProducerRecord<byte[], byte[]> sent = JobCodec.encode("topic", job);
    return codec.decode(sent.value(), sent.headers());
  }

  @Test
  void jobsComeBackAsTheyWere() {
    assertThat(roundTrip(full())).isEqualTo(full());
    Job bare = new Job("", "", 0, "", 0, null, Map.of());
    assertThat(roundTrip(bare)).isEqualTo(bare);
  }

  @Test
  void theFormOfVersionOneStays() {
    Job job = new Job("r", "b", 2, "n", 3, null, Map.of());
    assertThat(JobCodec.encode("topic", job).value())
        .containsExactly(1, 0, 0, 1, 'r', 1, 'b', 1, 'n', 0, 0, 0, 0, 0, 0, 0, 2, 3, 0);
  }

  @Test
  void theKeyIsTheInstanceSoThatBranchesSpread() {
    assertThat(new String(JobCodec.key(full()), StandardCharsets.UTF_8))
        .isEqualTo("run ✓/pages#3/rows#0:node \"ä\"");
  }

  @Test
  void deliveriesAreWrittenIntoACopy() {
    byte[] value = JobCodec.encode("topic", full()).value();
    byte[] later = JobCodec.withDeliveries(value, 300);

    assertThat(JobCodec.deliveries(value)).isZero();
    assertThat(JobCodec.deliveries(later)).isEqualTo(300);
    assertThat(JobCodec.deliveries(JobCodec.withDeliveries(value, 1_000_000))).isEqualTo(0xFFFF);
  }

  @Test
  void headersAreThoseOfTheRecord() {
    assertThat(JobCodec.encode("topic", full()).headers().lastHeader("traceparent").value())
        .isEqualTo("00-1-2-01".getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void everyCutIsNoticed() {
    ProducerRecord<byte[], byte[]> sent = JobCodec.encode("topic", full());
    for (int length = 0; length < sent.value().length; length++) {
      byte[] cut = Arrays.copyOf(sent.value(), length);
      assertThatThrownBy(() -> codec.decode(cut, sent.headers()))
          .isInstanceOf(MalformedJobException.class);
    }
    byte[] longer = Arrays.copyOf(sent.value(), sent.value().length + 1);
    assertThatThrownBy(() -> codec.decode(longer, sent.headers()))
        .isInstanceOf(MalformedJobException.class)
        .hasMessageContaining("1 bytes behind the end");
  }

  @Test
  void otherVersionsAreNamed() {
    byte[] value = JobCodec.encode("topic", full()).value();
    value[0] = 9;
    assertThatThrownBy(() -> codec.decode(value, JobCodec.encode("topic", full()).headers()))
        .isInstanceOf(MalformedJobException.class)
        .hasMessageContaining("the byte 9; expected: 1")
        .hasMessageContaining("update this worker");
    assertThatThrownBy(() -> codec.decode(null, JobCodec.encode("topic", full()).headers()))
        .isInstanceOf(MalformedJobException.class);
  }

  @Test
  void rubbishIsNeverAnythingElseThanMalformed() {
    Random random = new Random(7);
    ProducerRecord<byte[], byte[]> sent = JobCodec.encode("topic", full());
    for (int i = 0; i < 20_000; i++) {
      byte[] broken = sent.value().clone();
      for (int hits = 1 + random.nextInt(4); hits > 0; hits--) {
        broken[random.nextInt(broken.length)] = (byte) random.nextInt();
      }
      assertThatCode(() -> decodeOrRefuse(broken)).doesNotThrowAnyException();
    }
  }

  private void decodeOrRefuse(byte[] value) {
    try {
      assertThat(codec.decode(value, JobCodec.encode("topic", full()).headers())).isNotNull();
    } catch (MalformedJobException e) {
      assertThat(e.detail()).isNotBlank();
    }
  }
}
