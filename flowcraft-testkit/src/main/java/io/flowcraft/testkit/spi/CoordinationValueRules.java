package io.flowcraft.testkit.spi;

import static io.flowcraft.testkit.spi.CoordinationTrial.LONG;
import static io.flowcraft.testkit.spi.CoordinationTrial.SHORT;
import static org.assertj.core.api.Assertions.assertThat;

import io.flowcraft.spi.RunProgress;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** Counters and values with a time to live. */
abstract class CoordinationValueRules {

  abstract CoordinationTrial trial();

  @Test
  @Rule("C-1")
  void aCounterCountsFromOne() {
    assertThat(trial().increment("C-1", LONG)).as("C-1: the first count").isEqualTo(1);
    assertThat(trial().increment("C-1", LONG)).as("C-1: the second count").isEqualTo(2);
  }

  @Test
  @Rule("C-2")
  void concurrentCountsAreAllDifferent() {
    List<Long> counts =
        trial().together("C-2", 16, i -> trial().store.increment(trial().key, LONG));

    assertThat(counts)
        .as("C-2: the answers to concurrent increments")
        .containsExactlyInAnyOrderElementsOf(LongStream.rangeClosed(1, 16).boxed().toList());
  }

  @Test
  @Rule("C-3")
  void aCounterExpiresUnlessItIsRenewed() {
    trial().increment("C-3", SHORT);
    trial().outlastShort("C-3");
    assertThat(trial().increment("C-3", SHORT)).as("C-3: the count after its time").isEqualTo(1);

    assertThat(trial().increment("C-3", LONG)).as("C-3: the count within its time").isEqualTo(2);
    trial().outlastShort("C-3");

    assertThat(trial().increment("C-3", LONG)).as("C-3: the count with renewed time").isEqualTo(3);
  }

  @Test
  @Rule("C-4")
  void aValueIsStoredIfThereIsNone() {
    assertThat(trial().set("C-4", trial().key, "one", LONG)).as("C-4: the first value").isTrue();
    assertThat(trial().set("C-4", trial().key, "two", LONG)).as("C-4: another value").isFalse();

    assertThat(trial().get("C-4", trial().key)).as("C-4: the value, which stays").isEqualTo("one");
  }

  @Test
  @Rule("C-5")
  void ofManyValuesOneIsStored() {
    List<Boolean> answers =
        trial().together("C-5", 16, i -> trial().store.setIfAbsent(trial().key, "v" + i, LONG));

    assertThat(answers).as("C-5: those who were told that they stored").containsOnlyOnce(true);
    assertThat(trial().get("C-5", trial().key))
        .as("C-5: the value of the one who stored")
        .isEqualTo("v" + answers.indexOf(true));
  }

  @Test
  @Rule("C-6")
  void aMissingValueIsNull() {
    assertThat(trial().get("C-6", trial().key)).as("C-6: a value that nobody stored").isNull();
  }

  @Test
  @Rule("C-7")
  void aRemovedValueHasGone() {
    assertThat(trial().answer("C-7", trial().store.delete(trial().key)))
        .as("C-7: whether there was a value to remove")
        .isFalse();
    trial().set("C-7", trial().key, "one", LONG);

    assertThat(trial().answer("C-7", trial().store.delete(trial().key)))
        .as("C-7: whether there was a value to remove")
        .isTrue();

    assertThat(trial().get("C-7", trial().key)).as("C-7: a removed value").isNull();
    assertThat(trial().set("C-7", trial().key, "two", LONG)).as("C-7: the next value").isTrue();
  }

  @Test
  @Rule("C-8")
  void aValueExpires() {
    trial().set("C-8", trial().key, "one", SHORT);

    trial().untilExpired("C-8", trial().key);

    assertThat(trial().answer("C-8", trial().store.delete(trial().key)))
        .as("C-8: whether there was an expired value to remove")
        .isFalse();
    assertThat(trial().set("C-8", trial().key, "two", LONG))
        .as("C-8: a value after an expired one")
        .isTrue();
  }

  @Test
  @Rule("C-9")
  void aValueLivesAsLongAsItIsTold() {
    trial().set("C-9", trial().key, "one", LONG);

    trial().outlastShort("C-9");

    assertThat(trial().get("C-9", trial().key))
        .as("C-9: a value before its time is over")
        .isEqualTo("one");
  }

  @Test
  @Rule("C-10")
  void timeCanBeExtended() {
    assertThat(trial().answer("C-10", trial().store.extendTtl(trial().key, LONG)))
        .as("C-10: whether there was a value to extend")
        .isFalse();
    trial().set("C-10", trial().key, "one", SHORT);

    assertThat(trial().answer("C-10", trial().store.extendTtl(trial().key, LONG)))
        .as("C-10: whether there was a value to extend")
        .isTrue();
    trial().outlastShort("C-10");

    assertThat(trial().get("C-10", trial().key)).as("C-10: the extended value").isEqualTo("one");
  }

  @Test
  @Rule("C-11")
  void valuesAndRunsDoNotMeet() {
    trial().set("C-11", trial().runId, "value", LONG);

    RunProgress progress = trial().open("C-11", "a");

    assertThat(progress.changed()).as("C-11: a run of the name of a value is new").isTrue();
    trial().answer("C-11", trial().store.forget(trial().runId));
    assertThat(trial().get("C-11", trial().runId))
        .as("C-11: the value after the run of its name was forgotten")
        .isEqualTo("value");
  }
}
