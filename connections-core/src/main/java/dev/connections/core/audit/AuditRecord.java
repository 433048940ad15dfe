package dev.connections.core.audit;

import dev.connections.api.Internal;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * One line of the audit log: who did what to which connection, and when. It names fields and never
 * holds a value of one.
 *
 * <p>Immutable. Made by {@link #of} and its builder.
 *
 * @param at when it was written
 * @param account the tenant
 * @param user who did it
 * @param operation what was done
 * @param result how it began or ended
 * @param connection the connection's id; empty for a draft that isn't stored
 * @param object what in the source was meant: a table, a schema or a feature
 * @param fields of a change, the fields it changes; of a use, the secret fields it releases
 * @param code the id of the error code, if the result isn't ALLOWED
 */
public record AuditRecord(
    Instant at,
    String account,
    String user,
    AuditOperation operation,
    AuditResult result,
    Optional<String> connection,
    Optional<String> object,
    List<String> fields,
    Optional<String> code) {

  /**
   * Takes all parts at once; {@link #of} is the way to make one.
   *
   * @param at when it was written
   * @param account the tenant
   * @param user who did it
   * @param operation what was done
   * @param result how it began or ended
   * @param connection the connection's id
   * @param object what in the source was meant
   * @param fields names of fields
   * @param code the id of the error code
   */
  @Internal
  public AuditRecord {
    Objects.requireNonNull(at, "at");
    Objects.requireNonNull(account, "account");
    Objects.requireNonNull(user, "user");
    Objects.requireNonNull(operation, "operation");
    Objects.requireNonNull(result, "result");
    Objects.requireNonNull(connection, "connection");
    Objects.requireNonNull(object, "object");
    Objects.requireNonNull(code, "code");
    fields = List.copyOf(fields);
  }

  /**
   * {@return a builder for a record of something allowed}
   *
   * @param operation what is done
   * @param at when
   * @param account the tenant
   * @param user who does it
   */
  public static Builder of(AuditOperation operation, Instant at, String account, String user) {
    return new Builder(
        new AuditRecord(
            at,
            account,
            user,
            operation,
            AuditResult.ALLOWED,
            Optional.empty(),
            Optional.empty(),
            List.of(),
            Optional.empty()));
  }

  /** {@return a builder that begins with these parts} */
  public Builder toBuilder() {
    return new Builder(this);
  }

  /** Collects the parts of a record. Not safe for several threads. */
  public static final class Builder {
    private final AuditRecord base;
    private Optional<String> connection;
    private Optional<String> object;
    private List<String> fields;
    private AuditResult result;
    private Optional<String> code;

    private Builder(AuditRecord base) {
      this.base = base;
      this.connection = base.connection;
      this.object = base.object;
      this.fields = base.fields;
      this.result = base.result;
      this.code = base.code;
    }

    /**
     * Says which connection it is about.
     *
     * @param id the connection's id
     * @return this builder
     */
    public Builder connection(String id) {
      this.connection = Optional.of(id);
      return this;
    }

    /**
     * Says what in the source is meant.
     *
     * @param name a table, a schema or a feature
     * @return this builder
     */
    public Builder object(String name) {
      this.object = Optional.of(name);
      return this;
    }

    /**
     * Names the fields that are changed or released.
     *
     * @param paths dotted paths, never values
     * @return this builder
     */
    public Builder fields(List<String> paths) {
      this.fields = List.copyOf(paths);
      return this;
    }

    /**
     * Says that it was refused or failed.
     *
     * @param result how it ended
     * @param code the id of the error code
     * @return this builder
     */
    public Builder ended(AuditResult result, String code) {
      this.result = result;
      this.code = Optional.of(code);
      return this;
    }

    /** {@return the record} */
    public AuditRecord build() {
      return new AuditRecord(
          base.at,
          base.account,
          base.user,
          base.operation,
          result,
          connection,
          object,
          fields,
          code);
    }
  }
}
