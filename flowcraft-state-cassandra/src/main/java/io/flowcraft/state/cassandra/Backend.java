package io.flowcraft.state.cassandra;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.CqlSessionBuilder;
import com.datastax.oss.driver.api.core.config.DefaultDriverOption;
import com.datastax.oss.driver.api.core.config.DriverConfigLoader;
import io.flowcraft.error.ErrorCode;
import io.flowcraft.error.FlowcraftException;
import io.flowcraft.spi.ProviderContext;
import java.io.File;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/** The parts of a store, put together. */
record Backend(
    Cql cql,
    RunTable runs,
    Lives lives,
    Commits commits,
    Fences fences,
    Slices slices,
    Listing listing,
    HistoryTable history,
    Garbage garbage,
    Wakings wakings) {

  /** So many hints of a slot have to be over before it is left behind. */
  private static final int LEAST_GARBAGE = 1_000;

  static Backend open(CassandraSettings settings, ProviderContext context) {
    return open(settings, context, ContextTable.PAGE, LEAST_GARBAGE);
  }

  /** For tests: with other limits. */
  static Backend open(
      CassandraSettings settings, ProviderContext context, int page, int leastGarbage) {
    CqlSession session = settings.session();
    boolean owned = session == null;
    if (session == null) {
      session = connect(settings);
    }
    Cql cql = new Cql(session, owned, settings);
    try {
      new SchemaTool(session, settings).apply();
      return assemble(cql, settings, context, page, leastGarbage);
    } catch (RuntimeException e) {
      cql.close();
      throw e;
    }
  }

  /**
   * Protocol 4: with protocol 5 and a server under heavy load, the driver was seen to lose its
   * place between two frames, and a connection with every request on it. The cause is not known.
   */
  private static DriverConfigLoader standard() {
    return DriverConfigLoader.programmaticBuilder()
        .withString(DefaultDriverOption.PROTOCOL_VERSION, "V4")
        .build();
  }

  private static CqlSession connect(CassandraSettings settings) {
    CqlSessionBuilder builder = CqlSession.builder();
    settings.contactPoints().forEach(builder::addContactPoint);
    if (settings.datacenter() != null) {
      builder.withLocalDatacenter(settings.datacenter());
    }
    if (settings.username() != null && settings.password() != null) {
      builder.withAuthCredentials(settings.username(), settings.password());
    }
    builder.withConfigLoader(
        settings.driverConfig() == null
            ? standard()
            : DriverConfigLoader.fromFile(new File(settings.driverConfig())));
    try {
      return builder.build();
    } catch (RuntimeException e) {
      throw new FlowcraftException(
          ErrorCode.BACKEND,
          "Cassandra can't be reached at "
              + (settings.contactPoints().isEmpty()
                  ? "the contact points of the driver's configuration"
                  : settings.contactPoints())
              + " (local data centre "
              + settings.datacenter()
              + "). Check flowcraft.cassandra.contact-points, datacenter and credentials, and that"
              + " the cluster is up.",
          e);
    }
  }

  private static Backend assemble(
      Cql cql, CassandraSettings settings, ProviderContext context, int page, int leastGarbage) {
    Schema schema = Schema.of(settings);
    Ranks ranks = new Ranks(context.time());
    Parts parts = new Parts(cql, schema);
    Values values = new Values(cql, schema, parts, settings.maxValueLength());
    RunTable runs = new RunTable(cql, schema, values, context.serializer(), ranks, settings);
    ContextTable contexts = new ContextTable(cql, schema, page);
    StrictContexts strict = new StrictContexts(cql, schema, runs, contexts, context.time());
    Codec codec = new Codec(contexts.outcomeType(), contexts.entryType(), context.serializer());
    Slices slices = new Slices(runs, contexts, codec, values);
    Bounds bounds = new Bounds(cql, schema);
    LiveHints live = new LiveHints(cql, schema, bounds);
    EndedHints ended = new EndedHints(cql, schema);
    WakeHints wakes = new WakeHints(cql, schema, bounds, context.time(), ranks);
    HistoryTable history =
        new HistoryTable(cql, schema, parts, values, context.serializer(), ranks);
    Duration retention = settings.retention();
    Deletions deletions = new Deletions(runs, contexts, values, history, parts, ended);
    Lives lives =
        new Lives(runs, new Lives.Hints(live, wakes), slices, deletions, millis(retention));
    Garbage garbage = new Garbage(runs, bounds, live, ended, context.time(), leastGarbage);
    Wakings wakings =
        new Wakings(runs, wakes, slices, context.time(), millis(retention), deletions::delete);
    Commits commits =
        new Commits(runs, new Commits.Tables(contexts, strict), codec, values, wakes, ranks);
    Fences fences =
        new Fences(
            runs,
            new Commits.Tables(contexts, strict),
            slices,
            parts,
            wakes,
            new Fences.Begin(ranks, settings.strict()));
    Listing listing = new Listing(runs, bounds, live, ended, wakings, garbage);
    return new Backend(
        cql, runs, lives, commits, fences, slices, listing, history, garbage, wakings);
  }

  private static long millis(@org.jspecify.annotations.Nullable Duration retention) {
    return retention == null ? 0 : retention.toMillis();
  }

  /** What owns the history of a run. */
  CompletionStage<Optional<String>> owner(String runId) {
    Stored seen = runs.seen(runId);
    return seen == null
        ? runs.find(runId).thenApply(run -> run.map(Stored::owner))
        : Async.of(Optional.of(seen.owner()));
  }

  /** Tidies up what lists have found to be over. */
  void tidySoon() {
    garbage.tidySoon();
    wakings.tidySoon();
  }

  void close() {
    cql.close();
  }
}
