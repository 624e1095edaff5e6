package io.flowcraft.flow;

import io.flowcraft.blueprint.EdgeDefinition;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Leads the edges that name a batch or a loop to the nodes that these stand for, and adds the edges
 * inside them. The order is that of the npm library: exits of loops, edges of batches, inner edges,
 * and the rest.
 *
 * <p>Total: what does not exist is left as it is, for the checks to report.
 */
final class Wiring {

  private final List<Declaration> declarations;
  private final Map<String, Declaration> byId = new LinkedHashMap<>();

  Wiring(List<Declaration> declarations) {
    this.declarations = declarations;
    declarations.forEach(declaration -> byId.putIfAbsent(declaration.id(), declaration));
  }

  List<EdgeDefinition> connect(List<EdgeDefinition> edges) {
    List<EdgeDefinition> open = new ArrayList<>(edges);
    List<EdgeDefinition> wired = new ArrayList<>();
    for (Declaration declaration : declarations) {
      if (declaration instanceof Declaration.Loop loop) {
        move(open, wired, edge -> edge.source().equals(loop.id()));
      }
    }
    for (Declaration declaration : declarations) {
      if (declaration instanceof Declaration.Batch batch) {
        move(open, wired, edge -> edge.target().equals(batch.id()));
        move(open, wired, edge -> edge.source().equals(batch.id()));
      }
    }
    declarations.forEach(declaration -> addInnerEdges(declaration, wired));
    move(open, wired, edge -> true);
    return wired;
  }

  /** The first nodes of the loops that no declared edge leads to. */
  List<String> freeLoopStarts(List<EdgeDefinition> edges) {
    Set<String> targets = new HashSet<>();
    edges.forEach(edge -> targets.add(rewire(edge).target()));
    List<String> starts = new ArrayList<>();
    for (Declaration declaration : declarations) {
      if (declaration instanceof Declaration.Loop loop && !targets.contains(loop.id())) {
        Declaration start = loop.start() == null ? null : byId.get(loop.start());
        if (start != null && !targets.contains(start.entry())) {
          starts.add(start.entry());
        }
      }
    }
    return starts;
  }

  private void move(
      List<EdgeDefinition> open, List<EdgeDefinition> wired, Predicate<EdgeDefinition> which) {
    for (EdgeDefinition edge : List.copyOf(open)) {
      if (which.test(edge)) {
        wired.add(rewire(edge));
      }
    }
    open.removeIf(which);
  }

  /** Both ends at once: an edge between two batches is still one edge. */
  private EdgeDefinition rewire(EdgeDefinition edge) {
    Declaration source = byId.get(edge.source());
    Declaration target = byId.get(edge.target());
    EdgeDefinition wired =
        new EdgeDefinition(
            source == null ? edge.source() : source.exit(),
            target == null ? edge.target() : target.entry(),
            edge.action(),
            edge.condition(),
            edge.transform(),
            edge.sourceLocation());
    return source instanceof Declaration.Loop loop ? leaving(loop, wired) : wired;
  }

  /** A controller has no output worth passing on, so its exits deliver that of the body's end. */
  private EdgeDefinition leaving(Declaration.Loop loop, EdgeDefinition edge) {
    EdgeDefinition exit = edge.hasAction() ? edge : edge.on(Declaration.Loop.BREAK);
    return exit.transform() == null ? exit.transform(outputOf(loop)) : exit;
  }

  private void addInnerEdges(Declaration declaration, List<EdgeDefinition> wired) {
    if (declaration instanceof Declaration.Batch batch) {
      wired.add(batch.edge());
    }
    if (declaration instanceof Declaration.Loop loop
        && loop.start() != null
        && loop.end() != null
        && byId.containsKey(loop.start())
        && byId.containsKey(loop.end())) {
      wired.add(rewire(EdgeDefinition.of(loop.end(), loop.id())));
      wired.add(rewire(EdgeDefinition.of(loop.id(), loop.start()).on(Declaration.Loop.CONTINUE)));
    }
  }

  /** An expression for what the last node of the body put out; of an inner loop, its last node. */
  private @Nullable String outputOf(Declaration.Loop loop) {
    Set<String> seen = new HashSet<>();
    String end = loop.end();
    while (end != null && byId.get(end) instanceof Declaration.Loop inner && seen.add(end)) {
      end = inner.end();
    }
    if (end == null) {
      return null;
    }
    Declaration last = byId.get(end);
    String node = last == null ? end : last.exit();
    return "context[\"" + node.replace("\\", "\\\\").replace("\"", "\\\"") + "\"]";
  }
}
