package io.flowcraft.spi;

import java.util.Collection;
import java.util.List;

/**
 * What to read of a run.
 *
 * @param everything all outcomes and entries; then the lists do not matter
 * @param instances the instances whose outcomes to read
 * @param keys the context keys to read
 */
public record Selection(boolean everything, Collection<String> instances, Collection<String> keys) {

  /** All outcomes and all entries. */
  public static final Selection ALL = new Selection(true, List.of(), List.of());

  /** The outcomes of some instances. */
  public static Selection outcomes(Collection<String> instances) {
    return new Selection(false, instances, List.of());
  }

  /** Some context entries. */
  public static Selection entries(Collection<String> keys) {
    return new Selection(false, List.of(), keys);
  }
}
