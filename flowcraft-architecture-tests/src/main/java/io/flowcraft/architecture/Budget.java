package io.flowcraft.architecture;

import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.VariableTree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.SourcePositions;
import com.sun.source.util.TreePathScanner;
import com.sun.source.util.Trees;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import javax.lang.model.element.Modifier;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;

/** How big a piece of code may grow before it has to be divided. */
final class Budget {

  static final int LINES_PER_FILE = 500;
  static final int LINES_PER_METHOD = 60;
  static final int PARAMETERS_PER_CONSTRUCTOR = 6;

  private Budget() {}

  static List<String> overspentIn(Path file) {
    try {
      return overspentIn(file.toString(), Files.readString(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What in this source is over budget, one line for each finding. */
  static List<String> overspentIn(String name, String source) {
    List<String> findings = new ArrayList<>();
    long lines = source.lines().count();
    if (lines > LINES_PER_FILE) {
      findings.add(name + " has " + lines + " lines, more than " + LINES_PER_FILE);
    }
    try {
      JavacTask task = parser(new Source(name, source));
      for (CompilationUnitTree unit : task.parse()) {
        new Measure(name, unit, Trees.instance(task).getSourcePositions(), findings)
            .scan(unit, null);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return findings;
  }

  private static JavacTask parser(JavaFileObject file) {
    return (JavacTask)
        ToolProvider.getSystemJavaCompiler()
            .getTask(null, null, diagnostic -> {}, List.of("-proc:none"), null, List.of(file));
  }

  private static final class Measure extends TreePathScanner<Void, Void> {

    private final String name;
    private final CompilationUnitTree unit;
    private final SourcePositions positions;
    private final List<String> findings;

    Measure(
        String name, CompilationUnitTree unit, SourcePositions positions, List<String> findings) {
      this.name = name;
      this.unit = unit;
      this.positions = positions;
      this.findings = findings;
    }

    @Override
    public Void visitMethod(MethodTree method, Void nothing) {
      long lines = line(positions.getEndPosition(unit, method)) - firstLine(method) + 1;
      if (lines > LINES_PER_METHOD) {
        add(method, "has " + lines + " lines, more than " + LINES_PER_METHOD);
      }
      int parameters = method.getParameters().size();
      if (isConstructor(method)
          && parameters > PARAMETERS_PER_CONSTRUCTOR
          && !isCanonical(method, owner())) {
        add(
            method,
            String.format(
                Locale.ROOT,
                "takes %d parameters, more than %d (only a record's canonical constructor may,"
                    + " because its parameters are the record's named components)",
                parameters,
                PARAMETERS_PER_CONSTRUCTOR));
      }
      return super.visitMethod(method, null);
    }

    private void add(MethodTree method, String finding) {
      String shown =
          isConstructor(method) ? owner().getSimpleName() + "(...)" : method.getName() + "(...)";
      findings.add(name + ":" + firstLine(method) + ": " + shown + " " + finding);
    }

    private ClassTree owner() {
      return (ClassTree) getCurrentPath().getParentPath().getLeaf();
    }

    private long firstLine(Tree tree) {
      return line(positions.getStartPosition(unit, tree));
    }

    private long line(long position) {
      return unit.getLineMap().getLineNumber(position);
    }

    private static boolean isConstructor(MethodTree method) {
      return method.getName().contentEquals("<init>");
    }

    private static boolean isCanonical(MethodTree constructor, ClassTree owner) {
      return owner.getKind() == Tree.Kind.RECORD
          && types(constructor.getParameters()).equals(types(components(owner)));
    }

    private static List<VariableTree> components(ClassTree type) {
      return type.getMembers().stream()
          .filter(VariableTree.class::isInstance)
          .map(VariableTree.class::cast)
          .filter(field -> !field.getModifiers().getFlags().contains(Modifier.STATIC))
          .toList();
    }

    private static List<String> types(List<? extends VariableTree> variables) {
      return variables.stream().map(variable -> variable.getType().toString()).toList();
    }
  }

  private static final class Source extends SimpleJavaFileObject {

    private final String text;

    Source(String name, String text) {
      super(URI.create("memory:///" + Path.of(name).getFileName()), Kind.SOURCE);
      this.text = text;
    }

    @Override
    public CharSequence getCharContent(boolean ignoreEncodingErrors) {
      return text;
    }
  }
}
