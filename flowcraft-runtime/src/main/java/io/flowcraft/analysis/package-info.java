/** What can be said about a blueprint without running it: its shape, its mistakes, its picture. */
@NullMarked
package io.flowcraft.analysis;

import org.jspecify.annotations.NullMarked;
