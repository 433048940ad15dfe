/**
 * Where the key comes from that protects stored secrets.
 *
 * <p>Secrets are encrypted with a keyset; the keyset lies in the store, encrypted with a key that
 * doesn't ({@link dev.connections.core.secrets.KeySource}). So who has the store alone has no
 * secret, and keys can be rotated without the outer key being touched.
 */
@NullMarked
package dev.connections.core.secrets;

import org.jspecify.annotations.NullMarked;
