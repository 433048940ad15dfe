package dev.connections.mssql.tds;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;

/**
 * What a client asks.
 *
 * @param text the statement, with {@code @P0}, {@code @P1}… for its values; or {@code exec} and the
 *     name of a procedure
 * @param parameters its values, which may be null
 */
public record Query(String text, List<Object> parameters) {
  /** Copies. */
  public Query {
    parameters = Collections.unmodifiableList(Arrays.asList(parameters.toArray()));
  }
}
