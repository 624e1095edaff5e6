package io.flowcraft.queue.kafka;

import java.util.List;

/**
 * Several members of a group that share the room of one subscription.
 *
 * @param members all of them
 */
record KafkaSubscriptions(List<KafkaSubscription> members) implements KafkaSubscription {

  @Override
  public void start() {
    members.forEach(KafkaSubscription::start);
  }

  @Override
  public void checkTimes() {
    members.forEach(KafkaSubscription::checkTimes);
  }

  @Override
  public void close() {
    members.forEach(KafkaSubscription::close);
  }

  @Override
  public void await(long millis) {
    members.forEach(member -> member.await(millis));
  }
}
