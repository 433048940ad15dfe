package dev.connections.core.internal.cache;

import java.time.Duration;

/**
 * How much is kept and for how long.
 *
 * @param weight how much in all, in columns roughly
 * @param expiry after how long a value is dropped
 * @param fresh after how long a value that is asked for is read again behind the asker's back
 */
public record CacheLimits(long weight, Duration expiry, Duration fresh) {}
