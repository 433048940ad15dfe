package dev.connections.servicenow.internal;

import java.util.List;
import java.util.OptionalLong;

/**
 * A page of records.
 *
 * @param rows those the user may read; fewer than asked for doesn't mean the end
 * @param total how many the query has, hidden ones included, where that was counted
 * @param more whether the instance says that there is a next page
 * @param asAsked whether the rows have no other fields than those that were asked for: else it is
 *     the answer to another request
 * @param <T> what a record is read as
 */
record RecordPage<T>(List<T> rows, OptionalLong total, boolean more, boolean asAsked) {}
