package dev.connections.core.store;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * The rows of a store that have encrypted values, by the key they are encrypted with. For the
 * rotation of keys, which is the operator's and no tenant's: so the two methods that look for work
 * reach over all accounts. They tell numbers and names of accounts, and no row.
 *
 * <p>Safe for any thread.
 */
public interface SealedRows {
  /** {@return how many rows are encrypted with each key, over all accounts and parts} */
  Map<Long, Long> countByKey();

  /**
   * {@return the first account, in the order of the names' characters, that has such rows}
   *
   * @param part which rows
   * @param keyId the number of the key they are encrypted with
   * @param after the account after which to begin; empty text for the first
   */
  Optional<String> nextAccount(SealedRow.Part part, long keyId, String after);

  /**
   * {@return some rows of an account, by the ids of their connections}
   *
   * @param account the tenant
   * @param part which rows
   * @param keyId the number of the key they are encrypted with
   * @param after the id after which to begin; empty text for the first
   * @param limit how many at most
   */
  List<SealedRow> list(String account, SealedRow.Part part, long keyId, String after, int limit);

  /**
   * Stores what was encrypted anew, each row only if it is as it was read. Nothing else of a row
   * changes, no version either: its meaning is the same.
   *
   * @param account the tenant of all of them
   * @param changes the rows
   * @return how many were as they were read
   * @throws dev.connections.api.ConnectionException with {@link
   *     dev.connections.core.secrets.SecretErrorCode#KEY_RETIRED} if the new key isn't one of the
   *     store's any more; then none is changed
   */
  int replace(String account, List<SealedRow.Change> changes);

  /**
   * Does some work on rows of several accounts as one transaction, where the store can: then all of
   * them wait for the disk once. Where it can't, as where accounts are kept apart by the database,
   * each account's part is a transaction of its own. So nothing may rely on either.
   *
   * @param work calls {@link #replace} and {@link ConnectionStore#atomically}; an exception that it
   *     throws undoes what belongs to the same transaction
   * @return what the work returns
   * @param <T> what that is
   */
  default <T> T together(Supplier<T> work) {
    return work.get();
  }
}
