/**
 * Runs imports and previews: filters, the ledger, delivery to listeners, repetition after a break.
 */
@NullMarked
package dev.connections.core.internal.importing;

import org.jspecify.annotations.NullMarked;
