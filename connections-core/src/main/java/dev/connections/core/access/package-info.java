/**
 * Who may do what with a connection.
 *
 * <p>A host says who acts ({@link dev.connections.core.access.Actor}); what the actor may do with a
 * connection follows from its {@link dev.connections.core.access.Ownership} by the one table in
 * {@link dev.connections.core.access.AccessRules}.
 */
@NullMarked
package dev.connections.core.access;

import org.jspecify.annotations.NullMarked;
