package io.flowcraft.architecture;

import com.sun.source.tree.ClassTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.VariableTree;
import com.sun.source.util.TreePathScanner;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import javax.lang.model.element.Modifier;
import org.jspecify.annotations.Nullable;

/** How big a piece of code may grow before it has to be divided. */
final class Budget {

  static final int LINES_PER_FILE = 500;
  static final int LINES_PER_METHOD = 60;
  static final int PARAMETERS_PER_CONSTRUCTOR = 6;

  private Budget() {}

  /** What in this source is over budget, one line for each finding. */
  static List<String> overspentIn(SourceFile file) {
    List<String> findings = new ArrayList<>();
    if (file.lines() > LINES_PER_FILE) {
      findings.add(file.name() + " has " + file.lines() + " lines, more than " + LINES_PER_FILE);
    }
    new Measure(file, findings).scan(file.unit(), null);
    return findings;
  }

  private static final class Measure extends TreePathScanner<@Nullable Void, @Nullable Void> {

    private final SourceFile file;
    private final List<String> findings;

    Measure(SourceFile file, List<String> findings) {
      this.file = file;
      this.findings = findings;
    }

    @Override
    public @Nullable Void visitMethod(MethodTree method, @Nullable Void nothing) {
      long lines = file.linesOf(method);
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
      CharSequence shown = isConstructor(method) ? owner().getSimpleName() : method.getName();
      findings.add(file.name() + ":" + file.firstLine(method) + ": " + shown + "(...) " + finding);
    }

    private ClassTree owner() {
      return (ClassTree) getCurrentPath().getParentPath().getLeaf();
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
}
