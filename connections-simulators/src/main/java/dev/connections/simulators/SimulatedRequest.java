package dev.connections.simulators;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * One request that a simulator got. Neither the body nor the credentials are kept.
 *
 * @param number counts from one since the start, or since the log was cleared
 * @param method such as {@code GET}
 * @param path without host and query
 * @param query each parameter's values, decoded
 * @param headers each header's first value by its name in lower case, without {@code authorization}
 *     and {@code cookie}
 * @param authorization the scheme in lower case, such as {@code basic} or {@code bearer}; empty
 *     where the request brought no credentials
 */
public record SimulatedRequest(
    int number,
    String method,
    String path,
    Map<String, List<String>> query,
    Map<String, String> headers,
    Optional<String> authorization) {

  /**
   * Copies the maps.
   *
   * @param number counts from one
   * @param method such as {@code GET}
   * @param path without host and query
   * @param query each parameter's values, decoded
   * @param headers each header's first value
   * @param authorization the scheme of the credentials
   */
  public SimulatedRequest {
    query = Map.copyOf(query);
    headers = Map.copyOf(headers);
  }

  /**
   * The first value of a parameter.
   *
   * @param name of the parameter
   * @return its value, empty where it isn't given
   */
  public Optional<String> parameter(String name) {
    return Optional.ofNullable(query.get(name)).map(values -> values.get(0));
  }

  /**
   * The first value of a header.
   *
   * @param name in any case
   * @return its value, empty where it isn't given
   */
  public Optional<String> header(String name) {
    return Optional.ofNullable(headers.get(name.toLowerCase(Locale.ROOT)));
  }
}
