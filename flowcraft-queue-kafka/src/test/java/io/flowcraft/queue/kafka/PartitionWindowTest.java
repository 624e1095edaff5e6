package io.flowcraft.queue.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.junit.jupiter.api.Test;

class PartitionWindowTest {

  private final PartitionWindow window = new PartitionWindow(null);

  private static ConsumerRecord<byte[], byte[]> at(long offset) {
    return new ConsumerRecord<>("jobs", 0, offset, null, null);
  }

  @Test
  void commitsGoUpToTheFirstRecordThatIsNotSettled() {
    PartitionWindow.Entry first = window.add(at(10), 0);
    PartitionWindow.Entry second = window.add(at(11), 0);
    PartitionWindow.Entry afterAGap = window.add(at(15), 0);

    assertThat(window.commit()).isEqualTo(new OffsetAndMetadata(10, "15"));
    second.settle();
    assertThat(window.commit()).as("nothing new").isNull();
    first.settle();
    assertThat(window.commit()).isEqualTo(new OffsetAndMetadata(12, "15"));
    afterAGap.settle();
    assertThat(window.commit()).isEqualTo(new OffsetAndMetadata(16, "15"));
  }

  @Test
  void aFailedCommitIsMadeAgain() {
    window.add(at(3), 0).settle();
    OffsetAndMetadata offset = window.commit();
    window.forgetCommit();

    assertThat(window.commit()).isEqualTo(offset);
  }

  @Test
  void whatAnotherConsumerHasTakenCountsAsDelivered() {
    PartitionWindow later = new PartitionWindow(new OffsetAndMetadata(12, "15"));

    assertThat(later.earlierDeliveries(at(15))).isEqualTo(1);
    assertThat(later.earlierDeliveries(at(16))).isZero();
    assertThat(new PartitionWindow(new OffsetAndMetadata(12, "?")).earlierDeliveries(at(12)))
        .isZero();
  }
}
