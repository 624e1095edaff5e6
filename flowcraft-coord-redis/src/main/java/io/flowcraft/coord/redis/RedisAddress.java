package io.flowcraft.coord.redis;

import java.net.URI;
import java.net.URISyntaxException;

/** The addresses of servers, as texts. */
final class RedisAddress {

  private RedisAddress() {}

  static boolean isAcceptable(String address) {
    try {
      URI uri = new URI(address);
      boolean redis = "redis".equals(uri.getScheme()) || "rediss".equals(uri.getScheme());
      return redis && uri.getHost() != null && uri.getPort() > 0;
    } catch (URISyntaxException e) {
      return false;
    }
  }

  /** The address as it may be shown: a user name and a password may stand before the host. */
  static String withoutSecrets(String address) {
    int at = address.lastIndexOf('@');
    int scheme = address.indexOf("://");
    if (at < 0) {
      return address;
    }
    return (scheme < 0 || scheme > at ? "" : address.substring(0, scheme + 3))
        + "***"
        + address.substring(at);
  }
}
