/** Draws a run as a web page that needs no network. */
@NullMarked
package io.flowcraft.examples.picture;

import org.jspecify.annotations.NullMarked;
