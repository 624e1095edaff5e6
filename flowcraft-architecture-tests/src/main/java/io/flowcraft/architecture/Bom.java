package io.flowcraft.architecture;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The bill of materials has to agree with the build: same modules, same versions. */
final class Bom {

  private static final String OURS = "io.flowcraft";

  private Bom() {}

  /** Every way in which the BOM differs from the published modules. */
  static List<String> mistakes(Pom bom, Set<String> published, String version) {
    List<Pom> managed = bom.all("dependencyManagement", "dependencies", "dependency").toList();
    Set<String> listed =
        managed.stream()
            .map(entry -> entry.text("artifactId").orElseThrow())
            .collect(Collectors.toSet());
    return Stream.of(
            difference(published, listed).map(name -> name + " is published but not listed"),
            difference(listed, published).map(name -> name + " is listed but not published"),
            managed.stream().filter(entry -> !isOurs(entry)).map(Bom::foreign),
            Stream.of(bom.text("version"))
                .filter(own -> !own.equals(Optional.of(version)))
                .map(own -> "the BOM has version " + own.orElse("none") + ", not " + version),
            bom.all("parent").map(parent -> "the BOM has a parent, whose management leaks"))
        .flatMap(mistakes -> mistakes)
        .toList();
  }

  private static Stream<String> difference(Set<String> all, Set<String> without) {
    Set<String> rest = new TreeSet<>(all);
    rest.removeAll(without);
    return rest.stream();
  }

  private static boolean isOurs(Pom entry) {
    return entry.text("groupId").equals(Optional.of(OURS))
        && entry.text("version").equals(Optional.of("${project.version}"));
  }

  private static String foreign(Pom entry) {
    return entry.text("artifactId").orElse("?") + " is not " + OURS + " at ${project.version}";
  }
}
