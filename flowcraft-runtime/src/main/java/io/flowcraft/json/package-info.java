/**
 * Data as the engine sees it: values frozen into JSON-like data, their text, and blueprints as
 * JSON.
 */
@NullMarked
package io.flowcraft.json;

import org.jspecify.annotations.NullMarked;
