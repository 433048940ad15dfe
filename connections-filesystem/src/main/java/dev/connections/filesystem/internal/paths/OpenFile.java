package dev.connections.filesystem.internal.paths;

import java.nio.channels.SeekableByteChannel;
import java.nio.file.attribute.FileTime;

/**
 * A file that was opened for reading; who asked for it closes its channel.
 *
 * @param channel reads its bytes
 * @param size in bytes, when it was opened
 * @param modified when it was written last
 */
public record OpenFile(SeekableByteChannel channel, long size, FileTime modified) {}
