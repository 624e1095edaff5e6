package io.flowcraft.state.cassandra;

import com.datastax.oss.driver.api.core.CqlSession;
import io.flowcraft.error.ErrorCode;
import io.flowcraft.error.FlowcraftException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * How the store finds and uses its cluster. Immutable; made by a {@link #builder()} or from
 * properties, and checked as a whole.
 *
 * @param session a session to use, which stays its owner's to close; null to open one
 * @param contactPoints where to connect; empty to leave it to the driver's own configuration
 * @param datacenter the local data centre; null to leave it to the driver's own configuration
 * @param username who connects; null for nobody, or if the driver's own configuration says it
 * @param password the password, which is never shown; null for none
 * @param driverConfig a file in the driver's format for everything else, such as TLS; null for none
 * @param keyspace the keyspace
 * @param contextTable the table of outcomes and context entries
 * @param statusTable the table of runs
 * @param tablePrefix what the names of the other tables begin with
 * @param schema what is done about the tables when the store opens
 * @param consistency the consistency level of reads and writes, as Cassandra calls it
 * @param serialConsistency that of lightweight transactions
 * @param timeout how long a request may take
 * @param strict whether outcomes are written by lightweight transactions
 * @param retention how long runs are kept after they ended; null for ever
 * @param maxValueLength the longest text that is stored, in characters
 */
public record CassandraSettings(
    @Nullable CqlSession session,
    List<InetSocketAddress> contactPoints,
    @Nullable String datacenter,
    @Nullable String username,
    @Nullable String password,
    @Nullable String driverConfig,
    String keyspace,
    String contextTable,
    String statusTable,
    String tablePrefix,
    SchemaMode schema,
    String consistency,
    String serialConsistency,
    Duration timeout,
    boolean strict,
    @Nullable Duration retention,
    int maxValueLength) {

  /** What is done about the tables when the store opens. */
  public enum SchemaMode {
    /** Creates what is missing, a keyspace for one copy included, and verifies. For development. */
    CREATE,
    /** Verifies, and fails with every difference. */
    VERIFY,
    /** Trusts that everything is there. */
    NONE
  }

  private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9_]{0,47}");
  private static final List<String> LEVELS =
      List.of("ONE", "LOCAL_ONE", "TWO", "THREE", "QUORUM", "LOCAL_QUORUM", "EACH_QUORUM", "ALL");
  private static final List<String> SERIAL_LEVELS = List.of("SERIAL", "LOCAL_SERIAL");

  /** Checks everything and reports all that is wrong at once. */
  public CassandraSettings {
    contactPoints = List.copyOf(contactPoints);
    List<String> wrong = new ArrayList<>();
    requireName(wrong, "keyspace", keyspace);
    requireName(wrong, "context-table", contextTable);
    requireName(wrong, "status-table", statusTable);
    requireName(wrong, "table-prefix", tablePrefix);
    requireOneOf(wrong, "consistency", consistency, LEVELS);
    requireOneOf(wrong, "serial-consistency", serialConsistency, SERIAL_LEVELS);
    if (contextTable.equals(statusTable)) {
      wrong.add("context-table and status-table are both \"" + contextTable + "\"");
    }
    if (!contactPoints.isEmpty() && datacenter == null && session == null) {
      wrong.add("datacenter is missing; the driver needs the local one beside contact points");
    }
    if ((username == null) != (password == null)) {
      wrong.add("username and password belong together, and one of them is missing");
    }
    if (timeout.isNegative() || timeout.isZero()) {
      wrong.add("timeout is " + timeout + "; expected: longer than zero");
    }
    if (retention != null && (retention.isNegative() || retention.isZero())) {
      wrong.add("retention is " + retention + "; expected: longer than zero, or nothing");
    }
    if (maxValueLength < 1) {
      wrong.add("max-value-length is " + maxValueLength + "; expected: at least 1");
    }
    if (!wrong.isEmpty()) {
      throw new FlowcraftException(
          ErrorCode.CONFIG_INVALID,
          "The settings of Cassandra (flowcraft.cassandra.*) are not acceptable: "
              + String.join("; ", wrong)
              + ".");
    }
  }

  private static void requireName(List<String> wrong, String property, String value) {
    if (!NAME.matcher(value).matches()) {
      wrong.add(
          property
              + " is \""
              + value
              + "\"; expected: a small letter, then up to 47 small letters, digits or underscores");
    }
  }

  private static void requireOneOf(
      List<String> wrong, String property, String value, List<String> allowed) {
    if (!allowed.contains(value)) {
      wrong.add(property + " is \"" + value + "\"; expected: one of " + allowed);
    }
  }

  /**
   * Whether every lightweight transaction sees what a plain write has stored before: if the write
   * has a majority wherever transactions take one.
   */
  boolean isReadByTransactions() {
    return switch (consistency) {
      case "QUORUM", "EACH_QUORUM", "ALL" -> true;
      case "LOCAL_QUORUM" -> serialConsistency.equals("LOCAL_SERIAL");
      default -> false;
    };
  }

  /** A builder that begins with the defaults. */
  public static Builder builder() {
    return new Builder();
  }

  /**
   * Reads the properties {@code flowcraft.cassandra.*}; others are not looked at.
   *
   * @throws FlowcraftException if something is wrong, with every property that is
   */
  public static CassandraSettings from(Map<String, String> properties) {
    return new SettingsReader(properties).read();
  }

  /** Everything but the password. */
  @Override
  public String toString() {
    return "CassandraSettings[keyspace="
        + keyspace
        + ", contactPoints="
        + contactPoints
        + ", datacenter="
        + datacenter
        + ", schema="
        + schema
        + ", consistency="
        + consistency
        + ", strict="
        + strict
        + "]";
  }

  /** Collects settings. For one thread. */
  public static final class Builder {

    private @Nullable CqlSession session;
    private List<InetSocketAddress> contactPoints = List.of();
    private @Nullable String datacenter;
    private @Nullable String username;
    private @Nullable String password;
    private @Nullable String driverConfig;
    private String keyspace = "flowcraft";
    private String contextTable = "flowcraft_contexts";
    private String statusTable = "flowcraft_statuses";
    private String tablePrefix = "flowcraft_";
    private SchemaMode schema = SchemaMode.VERIFY;
    private String consistency = "LOCAL_QUORUM";
    private String serialConsistency = "LOCAL_SERIAL";
    private Duration timeout = Duration.ofSeconds(5);
    private boolean strict;
    private @Nullable Duration retention;
    private int maxValueLength = 16 << 20;

    Builder() {}

    /** A session that is there already; closing it stays its owner's business. */
    public Builder session(CqlSession value) {
      session = Objects.requireNonNull(value, "session");
      return this;
    }

    /** Where to connect, and which data centre is the local one. */
    public Builder contactPoints(List<InetSocketAddress> points, String localDatacenter) {
      contactPoints = List.copyOf(points);
      datacenter = Objects.requireNonNull(localDatacenter, "localDatacenter");
      return this;
    }

    /** Who connects. */
    public Builder credentials(String user, String secret) {
      username = Objects.requireNonNull(user, "user");
      password = Objects.requireNonNull(secret, "secret");
      return this;
    }

    /** A file in the driver's format. */
    public Builder driverConfig(String file) {
      driverConfig = Objects.requireNonNull(file, "file");
      return this;
    }

    /** The keyspace; {@code flowcraft} by default. */
    public Builder keyspace(String value) {
      keyspace = value;
      return this;
    }

    /** The two tables that people look into; the other ones follow the prefix. */
    public Builder tables(String contexts, String statuses, String prefix) {
      contextTable = contexts;
      statusTable = statuses;
      tablePrefix = prefix;
      return this;
    }

    /** What is done about the tables; they are verified by default. */
    public Builder schema(SchemaMode value) {
      schema = value;
      return this;
    }

    /** The consistency levels; {@code LOCAL_QUORUM} and {@code LOCAL_SERIAL} by default. */
    public Builder consistency(String plain, String serial) {
      consistency = plain;
      serialConsistency = serial;
      return this;
    }

    /** How long a request may take; 5 s by default. */
    public Builder timeout(Duration value) {
      timeout = value;
      return this;
    }

    /** Whether outcomes are written by lightweight transactions; not by default. */
    public Builder strict(boolean value) {
      strict = value;
      return this;
    }

    /** How long runs are kept after they ended; for ever by default. */
    public Builder retention(Duration value) {
      retention = Objects.requireNonNull(value, "retention");
      return this;
    }

    /** The longest text that is stored, in characters; about 16 million by default. */
    public Builder maxValueLength(int value) {
      maxValueLength = value;
      return this;
    }

    /**
     * The settings.
     *
     * @throws FlowcraftException with everything that is wrong
     */
    public CassandraSettings build() {
      return new CassandraSettings(
          session,
          contactPoints,
          datacenter,
          username,
          password,
          driverConfig,
          keyspace,
          contextTable,
          statusTable,
          tablePrefix,
          schema,
          consistency,
          serialConsistency,
          timeout,
          strict,
          retention,
          maxValueLength);
    }
  }
}
