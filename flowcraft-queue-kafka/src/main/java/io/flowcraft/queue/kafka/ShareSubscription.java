package io.flowcraft.queue.kafka;

import io.flowcraft.spi.TimeSource;
import java.util.ArrayList;
import java.util.List;

/** A subscription in share mode: several lanes, of which the first takes one record at a time. */
final class ShareSubscription implements KafkaSubscription {

  private final Intake intake;
  private final List<ShareLane> lanes = new ArrayList<>();

  /**
   * A subscription whose lanes have not begun.
   *
   * @param room how many deliveries may be open
   * @param most how many lanes there may be
   */
  ShareSubscription(
      Intake intake, ShareLane.ShareGroup group, int room, int most, TimeSource time) {
    this.intake = intake;
    int number = 1;
    for (int size : sizes(room, most)) {
      lanes.add(
          new ShareLane(
              "flowcraft-lane-" + number++ + "-" + group.topic(), intake, group, size, time));
    }
  }

  /**
   * How many records each lane takes at a time: all of them together as many as there is room for,
   * and one lane that goes on as long as there is any.
   */
  static List<Integer> sizes(int room, int most) {
    int count = Math.min(most, room);
    if (count == 1) {
      return List.of(Math.min(room, ClientConfigs.LARGEST_POLL));
    }
    List<Integer> sizes = new ArrayList<>();
    sizes.add(1);
    int left = room - 1;
    for (int lane = 1; lane < count; lane++) {
      int share = left / (count - lane);
      sizes.add(Math.min(share, ClientConfigs.LARGEST_POLL));
      left -= share;
    }
    return sizes;
  }

  @Override
  public void start() {
    lanes.forEach(Poller::start);
  }

  @Override
  public void checkTimes() {
    intake.checkTimes();
  }

  @Override
  public void close() {
    intake.close();
    lanes.forEach(Poller::close);
  }

  @Override
  public void await(long millis) {
    lanes.forEach(lane -> lane.await(millis));
  }
}
