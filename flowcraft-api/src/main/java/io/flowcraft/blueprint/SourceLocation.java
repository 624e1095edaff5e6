package io.flowcraft.blueprint;

/**
 * Where a node or edge was written down.
 *
 * @param file the source file
 * @param line counted from 1
 * @param column counted from 1
 */
public record SourceLocation(String file, int line, int column) {}
