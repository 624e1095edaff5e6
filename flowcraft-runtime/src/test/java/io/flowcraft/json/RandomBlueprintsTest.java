package io.flowcraft.json;

import static org.assertj.core.api.Assertions.assertThat;

import io.flowcraft.blueprint.Blueprint;
import io.flowcraft.blueprint.EdgeDefinition;
import io.flowcraft.blueprint.NodeDefinition;
import io.flowcraft.random.Seeds;
import org.junit.jupiter.api.Test;

class RandomBlueprintsTest {

  @Test
  void aBlueprintSurvivesItsText() {
    Seeds.each(
        300,
        random -> {
          Blueprint blueprint = new RandomBlueprints(random).blueprint();
          assertThat(BlueprintJson.read(BlueprintJson.write(blueprint))).isEqualTo(blueprint);
        });
  }

  @Test
  void aBlueprintSurvivesItsMap() {
    Seeds.each(
        300,
        random -> {
          Blueprint blueprint = new RandomBlueprints(random).blueprint();
          assertThat(BlueprintJson.read(BlueprintJson.toMap(blueprint))).isEqualTo(blueprint);
        });
  }

  @Test
  void aNodeSurvivesItsMap() {
    Seeds.each(
        300,
        random -> {
          Blueprint blueprint = new RandomBlueprints(random).blueprint();
          for (NodeDefinition node : blueprint.nodes()) {
            assertThat(BlueprintJson.readNode(BlueprintJson.toMap(node))).isEqualTo(node);
          }
        });
  }

  @Test
  void theHashDoesNotDependOnTheFormBlueprintsCameIn() {
    Seeds.each(
        300,
        random -> {
          Blueprint blueprint = new RandomBlueprints(random).blueprint();
          Blueprint again = BlueprintJson.read(BlueprintJson.write(blueprint));

          assertThat(BlueprintHash.of(again)).isEqualTo(BlueprintHash.of(blueprint));
        });
  }

  @Test
  void anEdgeSurvivesItsMap() {
    Seeds.each(
        300,
        random -> {
          for (EdgeDefinition edge : new RandomBlueprints(random).blueprint().edges()) {
            assertThat(BlueprintJson.readEdge(BlueprintJson.toMap(edge))).isEqualTo(edge);
          }
        });
  }
}
