/** What Databricks knows of its tables and compute beyond the neutral metadata. */
@NullMarked
package dev.connections.databricks;

import org.jspecify.annotations.NullMarked;
