package io.flowcraft.json;

import static org.assertj.core.api.Assertions.assertThat;

import io.flowcraft.blueprint.Blueprint;
import io.flowcraft.blueprint.NodeDefinition;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class RandomBlueprintsTest {

  @Provide
  Arbitrary<Blueprint> blueprints() {
    return Arbitraries.randomValue(random -> new RandomBlueprints(random).blueprint());
  }

  @Property(tries = 300)
  void aBlueprintSurvivesItsText(@ForAll("blueprints") Blueprint blueprint) {
    assertThat(BlueprintJson.read(BlueprintJson.write(blueprint))).isEqualTo(blueprint);
  }

  @Property(tries = 300)
  void aBlueprintSurvivesItsMap(@ForAll("blueprints") Blueprint blueprint) {
    assertThat(BlueprintJson.read(BlueprintJson.toMap(blueprint))).isEqualTo(blueprint);
  }

  @Property(tries = 300)
  void aNodeSurvivesItsMap(@ForAll("blueprints") Blueprint blueprint) {
    for (NodeDefinition node : blueprint.nodes()) {
      assertThat(BlueprintJson.readNode(BlueprintJson.toMap(node))).isEqualTo(node);
    }
  }

  @Property(tries = 300)
  void theHashDoesNotDependOnTheFormBlueprintsCameIn(@ForAll("blueprints") Blueprint blueprint) {
    Blueprint again = BlueprintJson.read(BlueprintJson.write(blueprint));

    assertThat(BlueprintHash.of(again)).isEqualTo(BlueprintHash.of(blueprint));
  }
}
