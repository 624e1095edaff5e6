package io.flowcraft.spi;

/**
 * An event of a run as it is stored.
 *
 * @param sequence its place among the events of the run, growing
 * @param atMillis when, in milliseconds of the epoch
 * @param type the event's type
 * @param body the event's members
 */
public record HistoryEntry(long sequence, long atMillis, String type, Payload body) {}
