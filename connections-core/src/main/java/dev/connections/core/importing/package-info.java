/**
 * What a host says to and hears from an import: the options, the preview, progress and outcomes
 * while it runs, where the metadata goes, and the report.
 *
 * <p>Everything here is immutable and safe for any thread, unless it says otherwise. Nothing is
 * ever {@code null}.
 */
@NullMarked
package dev.connections.core.importing;

import org.jspecify.annotations.NullMarked;
