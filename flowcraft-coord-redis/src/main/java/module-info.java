/** The coordination store on Redis. */
module io.flowcraft.coord.redis {
  requires static transitive org.jspecify;
}
