package io.flowcraft.examples.picture;

import io.flowcraft.blueprint.Blueprint;
import io.flowcraft.event.FlowEvent;
import io.flowcraft.json.JsonSerializer;
import io.flowcraft.run.NodeStatus;
import io.flowcraft.run.RunResult;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A web page that shows one run: the graph with what became of each node, and a table of outputs.
 * Everything is inside the page; nothing is loaded.
 *
 * @param title the heading
 * @param blueprint the workflow
 * @param run the run
 * @param events what happened in the run, in order
 * @param mermaid the graph as Mermaid text, for other tools
 */
public record RunPage(
    String title, Blueprint blueprint, RunResult run, List<FlowEvent> events, String mermaid) {

  private static final int LONGEST_OUTPUT = 120;

  private static final String STYLE =
      """
      :root { --ink: #1c2430; --soft: #66707f; --line: #b9c1cc; --page: #fbfbfa; --box: #fff; }
      @media (prefers-color-scheme: dark) {
        :root { --ink: #e6e9ee; --soft: #98a2b1; --line: #4a5463; --page: #14181e; --box: #1d232c; }
      }
      body { font: 15px/1.5 system-ui, sans-serif; color: var(--ink); background: var(--page);
        max-width: 64rem; margin: 2rem auto; padding: 0 1rem; }
      h1 { font-size: 1.4rem; margin: 0 0 .25rem; }
      p { color: var(--soft); margin: 0 0 1rem; }
      figure { margin: 0; overflow-x: auto; }
      svg { display: block; margin: 0 auto; max-width: 100%; height: auto; }
      .node rect { fill: var(--box); stroke: var(--line); stroke-width: 1.5; }
      .node text { fill: var(--ink); font-size: 13px; font-weight: 600; text-anchor: middle; }
      .node text.uses { fill: var(--soft); font-size: 10px; font-weight: 400; }
      .completed rect { fill: #2e9e5b33; stroke: #2e9e5b; }
      .replaced rect { fill: #d9822b33; stroke: #d9822b; }
      .failed rect { fill: #d13b3b33; stroke: #d13b3b; }
      .awaiting rect, .timer rect { fill: #3b78d133; stroke: #3b78d1; }
      .running rect, .queued rect { fill: #8a5bd133; stroke: #8a5bd1; }
      .skipped rect { stroke-dasharray: 4 4; }
      .skipped text { opacity: .55; }
      .edge { fill: none; stroke: var(--line); stroke-width: 1.5; }
      .edge.taken { stroke: #2e9e5b; stroke-width: 2.25; }
      .edge.open { stroke-dasharray: 3 4; }
      .edge.standin.taken { stroke: #d9822b; }
      .head { fill: var(--line); }
      .head.taken { fill: #2e9e5b; }
      .label { fill: var(--soft); font-size: 10.5px; text-anchor: middle; paint-order: stroke;
        stroke: var(--page); stroke-width: 4px; }
      .label.taken { fill: var(--ink); }
      table { border-collapse: collapse; width: 100%; margin: 1.5rem 0; font-size: 13px; }
      td, th { text-align: left; padding: .3rem .6rem; border-bottom: 1px solid var(--line);
        vertical-align: top; }
      td.data, pre { font-family: ui-monospace, monospace; font-size: 12px;
        overflow-wrap: anywhere; }
      pre { overflow-x: auto; }
      """;

  /** The page as text: HTML that is well-formed XML too. */
  public String html() {
    RunTrace trace = new RunTrace(events);
    String head =
        """
        <!DOCTYPE html>
        <html lang="en">
        <head>
        <meta charset="utf-8"/>
        <meta name="viewport" content="width=device-width"/>
        <title>%s</title>
        <style>
        %s</style>
        </head>
        <body>
        <h1>%s</h1>
        """
            .formatted(Html.escape(title), STYLE, Html.escape(title));
    String facts =
        "Run %s of blueprint %s: %s. Green: taken and completed. Orange: failed, another node stood"
            + " in. Red: failed. Dashed: skipped.";
    String status = run.status().name().toLowerCase(Locale.ROOT);
    return Stream.of(
            head,
            "<p>" + Html.escape(facts.formatted(run.runId(), run.blueprintId(), status)) + "</p>",
            "<figure>\n" + new SvgGraph(blueprint, run.nodes(), trace).draw() + "</figure>",
            table(),
            "<details><summary>The graph as Mermaid text</summary>",
            "<pre>" + Html.escape(mermaid) + "</pre></details>",
            "</body>\n</html>\n")
        .collect(Collectors.joining("\n"));
  }

  private String table() {
    Map<String, NodeStatus> statuses = run.nodes();
    return blueprint.nodes().stream()
        .map(node -> row(node.id(), statuses.getOrDefault(node.id(), NodeStatus.WAITING)))
        .collect(
            Collectors.joining(
                "\n",
                "<table>\n<tr><th>node</th><th>status</th><th>output</th></tr>\n",
                "\n</table>"));
  }

  private String row(String nodeId, NodeStatus status) {
    String output = run.outputs().containsKey(nodeId) ? shorten(run.outputs().get(nodeId)) : "";
    return "<tr><td>%s</td><td>%s</td><td class=\"data\">%s</td></tr>"
        .formatted(
            Html.escape(nodeId), status.name().toLowerCase(Locale.ROOT), Html.escape(output));
  }

  private static String shorten(@Nullable Object output) {
    String text = new JsonSerializer().serialize(output);
    return text.length() <= LONGEST_OUTPUT ? text : text.substring(0, LONGEST_OUTPUT) + "…";
  }
}
