/** A ServiceNow instance: its tables, queries, rights, sign-in and limits. */
@NullMarked
package dev.connections.simulators.internal.servicenow;

import org.jspecify.annotations.NullMarked;
