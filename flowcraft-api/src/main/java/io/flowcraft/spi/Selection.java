package io.flowcraft.spi;

import java.util.Collection;
import java.util.List;

/**
 * What to read of a run.
 *
 * @param everything all outcomes and entries; then the collections do not matter
 * @param instances the instances whose outcomes to read
 * @param nodes the nodes of which to read the latest outcome that is {@code COMPLETED}, {@code
 *     REPLACED}, {@code TIMER} or {@code AWAITING}, whichever its iteration
 * @param keys the context keys to read
 */
public record Selection(
    boolean everything,
    Collection<String> instances,
    Collection<String> nodes,
    Collection<String> keys) {

  /** All outcomes and all entries. */
  public static final Selection ALL = new Selection(true, List.of(), List.of(), List.of());

  /** The outcomes of some instances. */
  public static Selection outcomes(Collection<String> instances) {
    return new Selection(false, instances, List.of(), List.of());
  }

  /** The latest outcomes of some nodes, and some context entries. */
  public static Selection latest(Collection<String> nodes, Collection<String> keys) {
    return new Selection(false, List.of(), nodes, keys);
  }
}
