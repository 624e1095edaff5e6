/** Backends that break one rule each, to see that the kits notice. */
package io.flowcraft.testkit.broken;
