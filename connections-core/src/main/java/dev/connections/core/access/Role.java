package dev.connections.core.access;

/**
 * What an actor is within an account. Owning a connection isn't a role: it is a relation between
 * one actor and one connection, see {@link Ownership}.
 */
public enum Role {
  /** Looks after all connections of the account. */
  ADMIN,
  /** Looks after the connections that are his own, and uses those he may see. */
  MEMBER
}
