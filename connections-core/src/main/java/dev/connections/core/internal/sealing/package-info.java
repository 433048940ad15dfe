/**
 * Encrypts what of a configuration mustn't be stored in the clear, and gives it back late.
 *
 * <p>{@link dev.connections.core.internal.sealing.SecretCipher} encrypts single values; {@link
 * dev.connections.core.internal.sealing.ConfigurationSealing} turns a configuration into the text a
 * store keeps and back; {@link dev.connections.core.internal.sealing.ConfigurationUpdate} lays an
 * update over what is stored.
 */
@NullMarked
package dev.connections.core.internal.sealing;

import org.jspecify.annotations.NullMarked;
