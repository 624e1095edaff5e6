package io.flowcraft.queue.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import io.flowcraft.spi.Job;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;

class ClaimTableTest {

  private static final byte[] VALUE =
      JobCodec.encode("jobs", new Job("r", "b", 1, "n", 1, null, Map.of())).value();

  private final ClaimTable table = new ClaimTable();

  private static ConsumerRecord<byte[], byte[]> claim(long offset, String name, byte[] value) {
    return new ConsumerRecord<>("claims", 0, offset, name.getBytes(StandardCharsets.UTF_8), value);
  }

  private List<String> expired(long before, long now) {
    List<String> names = new ArrayList<>();
    table.takeExpired(
        before, now, (name, content) -> names.add(new String(name, StandardCharsets.UTF_8)));
    return names;
  }

  @Test
  void claimsExpireUnlessTheyAreRenewedOrEnded() {
    table.see(claim(0, "lost", VALUE), 100);
    table.see(claim(1, "renewed", VALUE), 100);
    table.see(claim(2, "ended", VALUE), 100);
    table.see(claim(3, "renewed", VALUE), 200);
    table.see(claim(4, "ended", null), 200);

    assertThat(expired(150, 300)).containsExactly("lost");
    assertThat(expired(150, 300)).as("looked at again later").isEmpty();
    assertThat(expired(300, 400)).containsExactlyInAnyOrder("renewed", "lost");
  }

  @Test
  void whatIsCommittedLiesBeforeTheOldestClaim() {
    table.see(claim(5, "old", VALUE), 0);
    table.see(claim(6, "young", VALUE), 0);
    assertThat(table.commit()).isEqualTo(5);
    assertThat(table.commit()).as("nothing new").isEqualTo(-1);

    table.see(claim(7, "old", null), 0);
    assertThat(table.commit()).isEqualTo(6);
    table.see(claim(8, "young", null), 0);
    assertThat(table.commit()).isEqualTo(9);
  }

  @Test
  void rubbishIsNoClaim() {
    table.see(claim(0, "rubbish", new byte[] {7}), 0);
    table.see(new ConsumerRecord<>("claims", 0, 1, null, VALUE), 0);

    assertThat(expired(100, 100)).isEmpty();
    assertThat(table.commit()).isEqualTo(2);
  }
}
