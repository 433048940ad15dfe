package dev.connections.http;

import dev.connections.api.ConnectionException;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Tells when pages that are read by number or offset come again: a service that ignores where we
 * asked it to go on would otherwise be read for ever, or twice. Safe for any thread.
 */
public final class PageGuard {
  private final HttpService service;
  private final Map<Object, Long> firsts = new ConcurrentHashMap<>();

  /**
   * Guards the pages of one list.
   *
   * @param service whose failures are thrown
   */
  public PageGuard(HttpService service) {
    this.service = service;
  }

  /**
   * Takes note of a page.
   *
   * @param offset where it begins; a page may be read again at its own offset
   * @param firstKey the key of its first row; empty for a page without rows
   * @throws ConnectionException with {@link HttpErrorCode#PAGE_REPEATED} if a page at another
   *     offset began with the same row
   */
  public void page(long offset, Optional<?> firstKey) {
    if (!isNew(offset, firstKey)) {
      throw service.failures().of(HttpErrorCode.PAGE_REPEATED).asException();
    }
  }

  /**
   * Takes note of a page, for who has something better to do with a wrong one than to fail.
   *
   * @param offset where it begins
   * @param firstKey the key of its first row; empty for a page without rows
   * @return whether no page at another offset began with the same row
   */
  public boolean isNew(long offset, Optional<?> firstKey) {
    if (firstKey.isEmpty()) {
      return true;
    }
    Long before = firsts.putIfAbsent(firstKey.get(), offset);
    return before == null || before == offset;
  }
}
