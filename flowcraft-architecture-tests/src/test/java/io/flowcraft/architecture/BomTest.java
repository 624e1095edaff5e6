package io.flowcraft.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class BomTest {

  private static final Pom PARENT = House.HERE.pom();
  private static final Pom BOM = House.HERE.module("flowcraft-bom").pom();
  private static final Set<String> PUBLISHED =
      House.HERE.published().stream().map(House.Module::name).collect(Collectors.toSet());

  @Test
  void theBomListsExactlyThePublishedModules() {
    assertThat(Bom.mistakes(BOM, PUBLISHED, PARENT.text("version").orElseThrow())).isEmpty();
  }

  @Test
  void theBomItselfIsPublished() {
    assertThat(House.HERE.module("flowcraft-bom").isPublished()).isTrue();
  }

  @Test
  void theParentManagesTheSameModules() {
    List<String> managed =
        PARENT
            .all("dependencyManagement", "dependencies", "dependency")
            .filter(entry -> entry.text("groupId").orElseThrow().equals("io.flowcraft"))
            .map(entry -> entry.text("artifactId").orElseThrow())
            .toList();
    assertThat(managed).containsExactlyInAnyOrderElementsOf(PUBLISHED);
  }

  @Test
  void theBomBuildsWithTheSamePluginsAsTheParent() {
    Map<String, String> pinned =
        BOM.all("build", "pluginManagement", "plugins", "plugin")
            .collect(
                Collectors.toMap(
                    plugin -> plugin.text("artifactId").orElseThrow(),
                    plugin -> plugin.text("version").orElseThrow()));
    assertThat(pinned)
        .isNotEmpty()
        .allSatisfy(
            (plugin, version) ->
                assertThat(PARENT.text("properties", plugin + ".version")).contains(version));
  }

  @Test
  void everyMistakeIsReported() {
    Pom bom =
        Pom.parse(
            """
            <project>
              <parent/>
              <version>1</version>
              <dependencyManagement>
                <dependencies>
                  <dependency>
                    <groupId>io.flowcraft</groupId>
                    <artifactId>listed</artifactId>
                    <version>${project.version}</version>
                  </dependency>
                  <dependency>
                    <groupId>org.example</groupId>
                    <artifactId>foreign</artifactId>
                    <version>3</version>
                  </dependency>
                </dependencies>
              </dependencyManagement>
            </project>
            """);
    assertThat(Bom.mistakes(bom, Set.of("listed", "forgotten"), "2"))
        .containsExactly(
            "forgotten is published but not listed",
            "foreign is listed but not published",
            "foreign is not io.flowcraft at ${project.version}",
            "the BOM has version 1, not 2",
            "the BOM has a parent, whose management leaks");
  }
}
