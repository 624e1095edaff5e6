package io.flowcraft.testkit.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import io.flowcraft.spi.Delivery;
import io.flowcraft.spi.Job;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class BrokerTest {

  private final List<Delivery> delivered = new ArrayList<>();

  /** Processes with a broker. */
  private final class Site {
    final World world;
    final Broker broker;
    final Host host;

    Site(Set<Fault> faults, int... choices) {
      world = new World(Choices.of(choices));
      Faults injected = new Faults(world, faults, Duration.ofHours(6));
      broker = new Broker(world, injected, Trace.off(), null, Broker.Watcher.NOBODY);
      host = connect("p1", Integer.MAX_VALUE);
    }

    Host connect(String name, int maxInFlight) {
      Host process = new Host(name, world, Duration.ZERO);
      Connection connection =
          new Connection(
              process,
              new Faults(world, EnumSet.noneOf(Fault.class), Duration.ofHours(6)),
              new Outages(world),
              (fault, atWork) -> {},
              Trace.off());
      new QueueConnection(connection, broker).consume(delivered::add, maxInFlight);
      return process;
    }

    void publish(String instance) {
      broker.publish(List.of(new Job("run", "flow", 1, instance, 1, null, Map.of())));
    }

    void pass(Duration time) {
      boolean[] over = {false};
      world.after(time, () -> over[0] = true);
      while (!over[0]) {
        world.step();
      }
    }
  }

  @Test
  void aRecordIsDeliveredUntilItIsAcknowledged() {
    Site site = new Site(EnumSet.noneOf(Fault.class));
    site.publish("a");
    site.pass(Duration.ofSeconds(1));
    assertThat(delivered).hasSize(1);
    site.pass(Duration.ofSeconds(30));
    assertThat(delivered).hasSize(2);
    assertThat(delivered.get(1).deliveryCount()).isEqualTo(2);

    delivered.get(1).acknowledge();
    site.pass(Duration.ofSeconds(100));
    assertThat(delivered).hasSize(2);
    assertThat(site.broker.outstanding()).isZero();
  }

  @Test
  void whoeverExtendsADeliveryKeepsIt() {
    Site site = new Site(EnumSet.noneOf(Fault.class));
    site.publish("a");
    for (int i = 0; i < 5; i++) {
      site.pass(Duration.ofSeconds(20));
      delivered.get(0).extend();
    }

    assertThat(delivered).hasSize(1);
  }

  @Test
  void aRecordIsGivenUpAfterFiveDeliveries() {
    Site site = new Site(EnumSet.noneOf(Fault.class));
    site.publish("a");
    site.pass(Duration.ofSeconds(1_000));

    assertThat(delivered).hasSize(5);
    assertThat(site.broker.outstanding()).isZero();
  }

  @Test
  void whatADeadProcessHasIsDeliveredToAnother() {
    Site site = new Site(EnumSet.noneOf(Fault.class));
    site.publish("a");
    site.pass(Duration.ofSeconds(1));
    site.host.kill();
    site.connect("p2", 1);
    site.pass(Duration.ofSeconds(1));
    delivered.clear();
    site.pass(Duration.ofSeconds(30));

    assertThat(delivered).hasSize(1);
  }

  @Test
  void aProcessGetsNoMoreThanItWants() {
    Site site = new Site(EnumSet.noneOf(Fault.class));
    site.host.pause();
    site.connect("p2", 2);
    for (int i = 0; i < 5; i++) {
      site.publish("n" + i);
    }
    site.pass(Duration.ofSeconds(1));
    assertThat(delivered).hasSize(2);
    delivered.get(0).acknowledge();
    site.pass(Duration.ofSeconds(1));

    assertThat(delivered).hasSize(3);
  }

  @Test
  void recordsAreLostAndDuplicatedAndDelayed() {
    Set<Fault> faults =
        EnumSet.of(Fault.RECORD_LOST, Fault.RECORD_DUPLICATED, Fault.RECORD_DELAYED);
    Site site = new Site(faults, 1, 2, 3, 1);
    site.publish("lost");
    site.publish("twice");
    site.publish("late");
    site.pass(Duration.ofSeconds(10));
    assertThat(delivered)
        .extracting(delivery -> delivery.job().instance())
        .containsExactly("twice", "twice");
    site.pass(Duration.ofSeconds(15));

    assertThat(delivered)
        .extracting(delivery -> delivery.job().instance())
        .containsExactly("twice", "twice", "late");
  }

  @Test
  void anAcknowledgementIsLost() {
    Site site = new Site(EnumSet.of(Fault.ACKNOWLEDGEMENT_LOST), 1);
    site.publish("a");
    site.pass(Duration.ofSeconds(1));
    delivered.get(0).acknowledge();
    site.pass(Duration.ofSeconds(40));

    assertThat(delivered).hasSize(2);
  }
}
