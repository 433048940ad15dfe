package dev.connections.api;

import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * What went wrong, in a form that is safe to show, log and store: it holds no secret and no foreign
 * text.
 *
 * <p>Immutable. Made by {@link #of} and completed by the {@code with…} methods.
 *
 * @param code which failure it is
 * @param message one sentence a user understands
 * @param remedy what the user can do about it, if there is something
 * @param fields paths of the configuration fields to look at, the likeliest first; may be empty
 * @param vendorCode the source's own code (a number, an SQLState, a status), if it gave one
 */
public record Failure(
    ErrorCode code,
    String message,
    Optional<String> remedy,
    List<String> fields,
    Optional<String> vendorCode) {

  /**
   * Takes all parts at once; {@link #of} is the way to make one.
   *
   * @param code which failure it is
   * @param message one sentence a user understands
   * @param remedy what the user can do about it
   * @param fields paths of the configuration fields to look at
   * @param vendorCode the source's own code
   */
  @Internal
  public Failure {
    Objects.requireNonNull(code, "code");
    Objects.requireNonNull(message, "message");
    Objects.requireNonNull(remedy, "remedy");
    Objects.requireNonNull(vendorCode, "vendorCode");
    fields = List.copyOf(fields);
  }

  /**
   * {@return a failure with a code and a sentence}
   *
   * @param code which failure it is
   * @param message one sentence a user understands, without secrets and without foreign text
   */
  public static Failure of(ErrorCode code, String message) {
    return new Failure(code, message, Optional.empty(), List.of(), Optional.empty());
  }

  /**
   * {@return a copy that says what to do}
   *
   * @param remedy one or two sentences addressed to the user
   */
  public Failure withRemedy(String remedy) {
    return new Failure(code, message, Optional.of(remedy), fields, vendorCode);
  }

  /**
   * {@return a copy that names the fields to look at}
   *
   * @param fields the fields, the likeliest first; they replace those named before
   */
  public Failure withFields(Field<?>... fields) {
    return withFieldPaths(Arrays.stream(fields).map(Field::path).toList());
  }

  /**
   * {@return a copy that names the fields to look at by their paths}
   *
   * @param paths dotted paths such as {@code authentication.password}
   */
  public Failure withFieldPaths(List<String> paths) {
    return new Failure(code, message, remedy, paths, vendorCode);
  }

  /**
   * {@return a copy that carries the source's own code}
   *
   * @param vendorCode a number, an SQLState or a status; never free text
   */
  public Failure withVendorCode(String vendorCode) {
    return new Failure(code, message, remedy, fields, Optional.of(vendorCode));
  }

  /** {@return an exception that carries this failure, to be thrown} */
  public ConnectionException asException() {
    return ConnectionException.of(this);
  }

  /**
   * {@return an exception that carries this failure and shows where it came from}
   *
   * @param cause what happened beneath; only its type and its stack are kept, never its message
   */
  public ConnectionException asException(Throwable cause) {
    return ConnectionException.of(this, cause);
  }
}
