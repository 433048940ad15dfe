/**
 * Where imported metadata goes besides the store: Databricks types and DDL, the JSON snapshot, the
 * HTML report, and the account of what each of them couldn't carry over.
 */
@NullMarked
package dev.connections.core.targets;

import org.jspecify.annotations.NullMarked;
