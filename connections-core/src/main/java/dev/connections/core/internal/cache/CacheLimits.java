package dev.connections.core.internal.cache;

import java.time.Duration;

/**
 * How much is kept, and when it is read again.
 *
 * @param weight how much in all, in columns roughly
 * @param fresh after how long a value that is asked for is read again behind the asker's back
 */
public record CacheLimits(long weight, Duration fresh) {}
