/** The adapter of Databricks workspaces. */
@NullMarked
package dev.connections.databricks.internal;

import org.jspecify.annotations.NullMarked;
