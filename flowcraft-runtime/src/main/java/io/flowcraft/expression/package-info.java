/**
 * The languages of conditions and transforms: plain paths, and a safe expression language. Neither
 * can call anything or change anything.
 */
@NullMarked
package io.flowcraft.expression;

import org.jspecify.annotations.NullMarked;
