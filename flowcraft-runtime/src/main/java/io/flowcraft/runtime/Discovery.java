package io.flowcraft.runtime;

import io.flowcraft.error.ErrorCode;
import io.flowcraft.error.FlowcraftException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Chooses among the providers on the class path.
 *
 * <p>Asked for by name: that one, or an error that names the artifact to add. Not asked for: the
 * only one besides the embedded one; the embedded one if there is no other, with a warning that it
 * is not durable; an error if there are several. Two providers of one name are always an error.
 *
 * @param <P> the type of provider
 */
final class Discovery<P> {

  private static final Logger log = LoggerFactory.getLogger(Discovery.class);
  private static final String EMBEDDED = "memory";

  private final String what;
  private final String property;
  private final Map<String, String> artifacts;
  private final Function<P, String> nameOf;

  /**
   * A choice.
   *
   * @param what what is chosen, for messages
   * @param property the property that chooses by name
   * @param artifacts the artifact of each known name
   * @param nameOf the name of a provider
   */
  Discovery(
      String what, String property, Map<String, String> artifacts, Function<P, String> nameOf) {
    this.what = what;
    this.property = property;
    this.artifacts = artifacts;
    this.nameOf = nameOf;
  }

  /** All providers of a type that the class path has. */
  static <P> List<P> onClassPath(Class<P> type) {
    return onClassPath(type, type.getClassLoader());
  }

  /** All providers of a type that a loader finds. */
  static <P> List<P> onClassPath(Class<P> type, @Nullable ClassLoader loader) {
    List<P> found = new ArrayList<>();
    try {
      ServiceLoader.load(type, loader).forEach(found::add);
    } catch (ServiceConfigurationError e) {
      throw new FlowcraftException(
          ErrorCode.CONFIG_INVALID,
          "A "
              + type.getSimpleName()
              + " on the class path can't be loaded: "
              + e.getMessage()
              + ". Check the artifact that brings it, or remove it.",
          e);
    }
    return found;
  }

  /** The provider that counts. */
  P choose(List<P> candidates, @Nullable String wanted) {
    Map<String, P> byName = new TreeMap<>();
    for (P candidate : candidates) {
      String name = nameOf.apply(candidate);
      P other = byName.putIfAbsent(name, candidate);
      if (other != null) {
        throw new FlowcraftException(
            ErrorCode.PROVIDER_DUPLICATE,
            "Two "
                + what
                + " providers are named \""
                + name
                + "\": "
                + other.getClass().getName()
                + " and "
                + candidate.getClass().getName()
                + ". Remove one of them from the class path.");
      }
    }
    return wanted == null ? only(byName) : named(byName, wanted);
  }

  private P named(Map<String, P> byName, String wanted) {
    P provider = byName.get(wanted);
    if (provider == null) {
      String artifact = artifacts.get(wanted);
      throw new FlowcraftException(
          ErrorCode.PROVIDER_MISSING,
          "No "
              + what
              + " provider named \""
              + wanted
              + "\" on the class path (found: "
              + byName.keySet()
              + "). "
              + (artifact == null ? "Add the artifact that brings it" : "Add " + artifact)
              + ", or set "
              + property
              + " to one of the found names.");
    }
    return provider;
  }

  private P only(Map<String, P> byName) {
    Map<String, P> others = new TreeMap<>(byName);
    P embedded = others.remove(EMBEDDED);
    if (others.size() > 1) {
      throw new FlowcraftException(
          ErrorCode.PROVIDER_AMBIGUOUS,
          "Several "
              + what
              + " providers are on the class path: "
              + others.keySet()
              + ". Set "
              + property
              + " to one of these names.");
    }
    if (others.size() == 1) {
      return others.values().iterator().next();
    }
    if (embedded == null) {
      throw new FlowcraftException(
          ErrorCode.PROVIDER_MISSING,
          "No "
              + what
              + " provider is on the class path, not even the embedded one. Check how the"
              + " application was packaged: META-INF/services must be kept.");
    }
    log.warn(
        "No {} provider on the class path: using the embedded one, which is not durable. Set {} to"
            + " \"memory\" to say that this is wanted.",
        what,
        property);
    return embedded;
  }
}
