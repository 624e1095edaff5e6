package io.flowcraft.testkit.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.net.MalformedURLException;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import javax.tools.Diagnostic;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.io.TempDir;

/** The simulation is worth something only if it finds the defects that an engine may have. */
class MutantsTest {

  private static final long MOST_HISTORIES = 10_000;
  private static final Path SOURCES = Path.of("..", "flowcraft-runtime", "src", "main", "java");

  /** How long each defect lived, for whoever wants to know. */
  private static final Path REPORT = Path.of("target", "mutants.txt");

  @TempDir private Path folder;

  @TestFactory
  Stream<DynamicTest> everyDefectIsFound(TestReporter reporter) throws IOException {
    try (Stream<Path> files = Files.list(Path.of("src", "test", "resources", "mutants"))) {
      List<Mutant> mutants = new ArrayList<>();
      for (Path file : files.sorted().toList()) {
        mutants.add(Mutant.read(file));
      }
      assertThat(mutants).hasSizeGreaterThanOrEqualTo(15);
      return mutants.stream()
          .map(mutant -> DynamicTest.dynamicTest(mutant.name(), () -> find(mutant, reporter)));
    }
  }

  @BeforeAll
  static void beginReport() throws IOException {
    Files.createDirectories(REPORT.getParent());
    Files.deleteIfExists(REPORT);
  }

  private void find(Mutant mutant, TestReporter reporter) throws Exception {
    Path classes = Files.createDirectories(folder.resolve(mutant.name()));
    compile(mutant, classes);
    String found;
    try (URLClassLoader engine =
        new URLClassLoader(urls(classes), ClassLoader.getPlatformClassLoader())) {
      found =
          (String)
              engine
                  .loadClass(MutantHunt.class.getName())
                  .getMethod("hunt", String.class, long.class)
                  .invoke(null, mutant.workloads(), MOST_HISTORIES);
    }
    reporter.publishEntry(mutant.name(), String.valueOf(found));
    Files.writeString(
        REPORT,
        mutant.name() + ": " + found + System.lineSeparator(),
        StandardOpenOption.CREATE,
        StandardOpenOption.APPEND);
    assertThat(found).as("%s, within %,d histories", mutant.title(), MOST_HISTORIES).isNotNull();
  }

  private static List<String> classPath() {
    List<String> path = new ArrayList<>();
    for (String property :
        List.of("jdk.module.path", "java.class.path", "surefire.test.class.path")) {
      String value = System.getProperty(property, "");
      if (!value.isEmpty()) {
        path.addAll(List.of(value.split(File.pathSeparator)));
      }
    }
    URL here = MutantsTest.class.getProtectionDomain().getCodeSource().getLocation();
    path.add(Path.of(URI.create(here.toString())).toString());
    return path;
  }

  private static URL[] urls(Path first) throws MalformedURLException {
    List<URL> urls = new ArrayList<>();
    urls.add(first.toUri().toURL());
    for (String entry : classPath()) {
      urls.add(Path.of(entry).toUri().toURL());
    }
    return urls.toArray(URL[]::new);
  }

  private static void compile(Mutant mutant, Path target) throws IOException {
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    DiagnosticCollector<JavaFileObject> problems = new DiagnosticCollector<>();
    List<JavaFileObject> units = new ArrayList<>();
    for (Map.Entry<String, String> source : mutant.sources(SOURCES).entrySet()) {
      units.add(new Text(source.getKey(), source.getValue()));
    }
    try (StandardJavaFileManager files =
        compiler.getStandardFileManager(problems, null, StandardCharsets.UTF_8)) {
      List<String> options =
          List.of(
              "-proc:none",
              "-nowarn",
              "-d",
              target.toString(),
              "-cp",
              String.join(File.pathSeparator, classPath()));
      boolean done = compiler.getTask(null, files, problems, options, null, units).call();
      assertThat(done)
          .as("%s compiles: %s", mutant.name(), errors(problems.getDiagnostics()))
          .isTrue();
    }
  }

  private static List<String> errors(List<Diagnostic<? extends JavaFileObject>> problems) {
    return problems.stream()
        .filter(problem -> problem.getKind() == Diagnostic.Kind.ERROR)
        .map(Object::toString)
        .toList();
  }

  private static final class Text extends SimpleJavaFileObject {

    private final String source;

    Text(String file, String source) {
      super(URI.create("string:///" + file), Kind.SOURCE);
      this.source = source;
    }

    @Override
    public CharSequence getCharContent(boolean ignoreEncodingErrors) {
      return source;
    }
  }
}
