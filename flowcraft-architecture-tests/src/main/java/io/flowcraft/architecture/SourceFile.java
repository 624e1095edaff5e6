package io.flowcraft.architecture;

import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.Tree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.TreePath;
import com.sun.source.util.Trees;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;

/** A Java source, parsed but not analysed: what is asked of it needs no class path. */
record SourceFile(String name, String text, CompilationUnitTree unit, Trees trees) {

  static SourceFile read(Path file) {
    try {
      return parse(file.toString(), Files.readString(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static SourceFile parse(String name, String text) {
    JavaFileObject file = new InMemory(name, text);
    JavacTask task =
        (JavacTask)
            ToolProvider.getSystemJavaCompiler()
                .getTask(null, null, diagnostic -> {}, List.of("-proc:none"), null, List.of(file));
    try {
      return new SourceFile(name, text, task.parse().iterator().next(), Trees.instance(task));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  String packageName() {
    return Optional.ofNullable(unit.getPackageName()).map(Tree::toString).orElse("");
  }

  long lines() {
    return text.lines().count();
  }

  long firstLine(Tree tree) {
    return line(trees.getSourcePositions().getStartPosition(unit, tree));
  }

  long linesOf(Tree tree) {
    return line(trees.getSourcePositions().getEndPosition(unit, tree)) - firstLine(tree) + 1;
  }

  boolean hasComment(TreePath path) {
    String comment = trees.getDocComment(path);
    return comment != null && !comment.isBlank();
  }

  private long line(long position) {
    return unit.getLineMap().getLineNumber(position);
  }

  private static final class InMemory extends SimpleJavaFileObject {

    private final String text;

    InMemory(String name, String text) {
      super(URI.create("memory:///" + Path.of(name).getFileName()), Kind.SOURCE);
      this.text = text;
    }

    @Override
    public CharSequence getCharContent(boolean ignoreEncodingErrors) {
      return text;
    }
  }
}
