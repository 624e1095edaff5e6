/** The context store on Apache Cassandra. */
module io.flowcraft.state.cassandra {
  requires static transitive org.jspecify;
}
