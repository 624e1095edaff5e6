package io.flowcraft.testservers;

import java.net.InetSocketAddress;
import java.util.List;

/**
 * Where a Cassandra cluster is.
 *
 * @param contactPoints nodes to begin with, at least one
 * @param datacenter the datacenter that counts as near
 */
public record CassandraAddress(List<InetSocketAddress> contactPoints, String datacenter) {

  /** Copies the list. */
  public CassandraAddress {
    contactPoints = List.copyOf(contactPoints);
  }
}
