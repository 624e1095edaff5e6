package io.flowcraft.testkit.broken;

import static org.assertj.core.api.Assertions.assertThat;

import io.flowcraft.testkit.TestedRules;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class EveryRuleIsBrokenTest {

  @Test
  void eachTestedRuleHasABackendThatBreaksIt() {
    Set<String> broken = new TreeSet<>(BrokenQueues.all().keySet());
    broken.addAll(BrokenStores.all().keySet());
    broken.addAll(BrokenCoordination.all().keySet());

    assertThat(broken).isEqualTo(TestedRules.numbers());
  }
}
