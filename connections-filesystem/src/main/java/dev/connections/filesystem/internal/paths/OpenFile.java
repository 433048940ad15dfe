package dev.connections.filesystem.internal.paths;

import java.nio.channels.SeekableByteChannel;

/**
 * A file that was opened for reading; who asked for it closes its channel.
 *
 * @param channel reads its bytes
 * @param size in bytes, when it was opened
 */
public record OpenFile(SeekableByteChannel channel, long size) {}
