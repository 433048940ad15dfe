package dev.connections.store.jdbc;

import java.util.function.Supplier;

/**
 * The one way to a store's rows. A thread that is in a transaction joins it with all that it reads
 * and writes until its end; so what it reads is what it wrote.
 *
 * <p>Rows belong to an account, and a transaction reaches those of one account. What belongs to
 * nobody, such as the keyset, is reached by the methods without one.
 */
interface Transactions extends AutoCloseable {
  /** Whether the calling thread is in a transaction that writes. */
  boolean joined();

  /** Reads rows of one account. */
  <T> T read(String account, Session.Work<T> work);

  /** Does some work on the rows of one account: all of it is kept, or nothing. */
  <T> T write(String account, Session.Work<T> work);

  /**
   * Does the same; to be taken for work that takes long, so that no other call waits for its end.
   */
  <T> T writeMuch(String account, Session.Work<T> work);

  /** Reads over all accounts: for the rotation of keys, and nothing that a tenant asks for. */
  <T> T readEveryAccount(Session.Work<T> work);

  /** Reads what belongs to no account. */
  <T> T readCommon(Session.Work<T> work);

  /** Writes what belongs to no account: all of it is kept, or nothing. */
  <T> T writeCommon(Session.Work<T> work);

  /** Does work of several accounts as one transaction, where one can reach them all. */
  <T> T together(Supplier<T> work);

  /** Waits for the transactions under way; all later ones are refused. */
  @Override
  void close();
}
