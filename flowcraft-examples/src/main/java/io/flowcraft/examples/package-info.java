/** Programs that show Flowcraft at work. */
@NullMarked
package io.flowcraft.examples;

import org.jspecify.annotations.NullMarked;
