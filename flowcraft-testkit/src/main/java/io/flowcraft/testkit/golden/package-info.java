/**
 * Runs the cases recorded from the npm library {@code flowcraft} through the public API and says
 * where the outcome differs.
 *
 * <p>Nothing here knows a particular case. The rules by which outcomes are compared have names;
 * they are explained in {@code docs/deviations.md}.
 */
@NullMarked
package io.flowcraft.testkit.golden;

import org.jspecify.annotations.NullMarked;
