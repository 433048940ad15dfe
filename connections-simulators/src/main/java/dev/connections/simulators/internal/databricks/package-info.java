/** A Databricks workspace: its catalogs, compute, tokens and limits. */
@NullMarked
package dev.connections.simulators.internal.databricks;

import org.jspecify.annotations.NullMarked;
