package dev.connections.core.store;

import java.util.Collection;
import java.util.List;

/**
 * What sources last said of their allowances, for all nodes of one store: one row for each
 * connection and name of an allowance. Rows are deleted with their connection. Failures are as
 * those of {@link ConnectionStore}.
 */
public interface QuotaRows {
  /**
   * Keeps what was said, where nothing later is kept. What belongs to a connection that isn't there
   * is left out.
   *
   * @param account the tenant
   * @param rows what was said
   */
  void keep(String account, Collection<QuotaRow> rows);

  /**
   * {@return the rows of a connection, and those of others which share a budget with it; in no
   * order}
   *
   * @param account the tenant
   * @param connection the connection's id
   */
  List<QuotaRow> find(String account, String connection);
}
