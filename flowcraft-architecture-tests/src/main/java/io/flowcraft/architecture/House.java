package io.flowcraft.architecture;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.io.IOException;
import java.io.InputStream;
import java.lang.module.ModuleDescriptor;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** All modules of the build, as the poms list them and as the compiler left them. */
record House(Path root, Pom pom, List<Module> modules) {

  static final House HERE = at(Path.of("..").toAbsolutePath().normalize());

  static House at(Path root) {
    Pom pom = Pom.read(root.resolve("pom.xml"));
    return new House(
        root,
        pom,
        pom.texts("modules", "module").stream()
            .map(name -> Module.at(root.resolve(name)))
            .toList());
  }

  /** The modules that users depend on: code, and not kept from deployment. */
  List<Module> published() {
    return modules.stream().filter(Module::isPublished).filter(Module::isCode).toList();
  }

  Module module(String name) {
    return modules.stream().filter(module -> module.name().equals(name)).findFirst().orElseThrow();
  }

  /** One module: its pom, its sources and what was compiled from them. */
  record Module(String name, Path directory, Pom pom, JavaClasses main, JavaClasses tests) {

    static Module at(Path directory) {
      return new Module(
          directory.getFileName().toString(),
          directory,
          Pom.read(directory.resolve("pom.xml")),
          classesIn(directory.resolve("target/classes")),
          classesIn(directory.resolve("target/test-classes")));
    }

    private static JavaClasses classesIn(Path directory) {
      return new ClassFileImporter()
          .importPaths(Files.isDirectory(directory) ? List.of(directory) : List.of());
    }

    boolean isPublished() {
      return !pom.text("properties", "maven.deploy.skip").orElse("false").equals("true");
    }

    boolean isCode() {
      return !pom.text("packaging").orElse("jar").equals("pom");
    }

    /** The packages of this module that hold at least one type. */
    Set<String> packages() {
      return main.stream().map(JavaClass::getPackageName).collect(Collectors.toUnmodifiableSet());
    }

    /** The packages that other modules may use. */
    Set<String> openPackages() {
      return packages().stream()
          .filter(Predicate.not(Visibility::isInternal))
          .collect(Collectors.toUnmodifiableSet());
    }

    ModuleDescriptor descriptor() {
      try (InputStream in =
          Files.newInputStream(directory.resolve("target/classes/module-info.class"))) {
        return ModuleDescriptor.read(in);
      } catch (IOException e) {
        throw new IllegalStateException(name + " has no readable module descriptor", e);
      }
    }

    /** How many types the compiler wrote, package descriptions included. */
    long classFiles() {
      return files(directory.resolve("target/classes"), ".class").stream()
          .filter(file -> !file.endsWith("module-info.class"))
          .count();
    }

    /** How many sources have to yield at least one type each: all but the module descriptor. */
    int typeSources() {
      return (int)
          files(directory.resolve("src/main"), ".java").stream()
              .filter(file -> !file.endsWith("module-info.java"))
              .count();
    }

    List<SourceFile> sources() {
      return files(directory.resolve("src/main"), ".java").stream().map(SourceFile::read).toList();
    }

    private static List<Path> files(Path directory, String suffix) {
      if (!Files.isDirectory(directory)) {
        return List.of();
      }
      try (Stream<Path> files = Files.walk(directory)) {
        return files.filter(file -> file.toString().endsWith(suffix)).sorted().toList();
      } catch (IOException e) {
        throw new IllegalStateException("Cannot list " + directory, e);
      }
    }
  }
}
