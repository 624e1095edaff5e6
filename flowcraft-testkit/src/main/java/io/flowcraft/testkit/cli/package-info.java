/** What scripts call. */
@NullMarked
package io.flowcraft.testkit.cli;

import org.jspecify.annotations.NullMarked;
