package io.flowcraft.architecture;

import com.sun.source.tree.ClassTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.ModifiersTree;
import com.sun.source.tree.Tree;
import com.sun.source.util.TreePathScanner;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import javax.lang.model.element.Modifier;
import org.jspecify.annotations.Nullable;

/** What users can call says in words what it does. */
final class Comments {

  private static final Set<Modifier> SEEN = Set.of(Modifier.PUBLIC, Modifier.PROTECTED);

  private Comments() {}

  /**
   * The types and methods in this source that users see without a comment. An overriding method may
   * rely on what it overrides, and a record's canonical constructor on its components.
   */
  static List<String> missingIn(SourceFile file) {
    List<String> findings = new ArrayList<>();
    new Search(file, findings).scan(file.unit(), null);
    return findings;
  }

  private static final class Search extends TreePathScanner<@Nullable Void, @Nullable Void> {

    private final SourceFile file;
    private final List<String> findings;

    Search(SourceFile file, List<String> findings) {
      this.file = file;
      this.findings = findings;
    }

    @Override
    public @Nullable Void visitClass(ClassTree type, @Nullable Void nothing) {
      if (!isSeen(type.getModifiers())) {
        return null;
      }
      demandComment(type, type.getSimpleName());
      return super.visitClass(type, null);
    }

    @Override
    public @Nullable Void visitMethod(MethodTree method, @Nullable Void nothing) {
      if (isSeen(method.getModifiers())
          && !isOverride(method)
          && !(isConstructor(method) && owner() == Tree.Kind.RECORD)) {
        demandComment(method, method.getName());
      }
      return null;
    }

    private void demandComment(Tree tree, CharSequence shown) {
      if (!file.hasComment(getCurrentPath())) {
        findings.add(file.name() + ":" + file.firstLine(tree) + ": " + shown + " has no comment");
      }
    }

    /** Members of interfaces are public without saying so. */
    private boolean isSeen(ModifiersTree modifiers) {
      return modifiers.getFlags().stream().anyMatch(SEEN::contains)
          || (owner() == Tree.Kind.INTERFACE && !modifiers.getFlags().contains(Modifier.PRIVATE));
    }

    private Tree.Kind owner() {
      return getCurrentPath().getParentPath().getLeaf().getKind();
    }

    private static boolean isConstructor(MethodTree method) {
      return method.getName().contentEquals("<init>");
    }

    private static boolean isOverride(MethodTree method) {
      return method.getModifiers().getAnnotations().stream()
          .anyMatch(annotation -> annotation.getAnnotationType().toString().equals("Override"));
    }
  }
}
