package dev.connections.core.importing;

import dev.connections.api.ChangeMarker;
import dev.connections.api.ConnectionException;
import dev.connections.api.Failure;
import dev.connections.api.Internal;
import dev.connections.api.Notice;
import dev.connections.api.Section;
import dev.connections.api.StandardErrorCode;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;

/**
 * How an import went. The lists of failed tables and notices are cut after {@link #KEPT} each; the
 * counts are always whole. Every table's outcome was told to the listener.
 *
 * @param status how it ended
 * @param failure what ended it, if the status is FAILED or CANCELLED
 * @param ledger how many tables ended how
 * @param columns how many columns the imported tables have
 * @param relationships how many foreign keys were imported
 * @param failuresByCode how many tables failed by the id of the failure's code, in its order
 * @param failedTables the first tables that failed, with the failure
 * @param schemas the included schemas in the order of their names, with how their listing went;
 *     none where the options name tables only, as nothing is listed then
 * @param notLoaded for each wanted section, how many imported tables came without it; a section
 *     that every table has isn't in it
 * @param notices the first notices, those of tables among them
 * @param noticeCount how many notices there were
 * @param startedAt when it began
 * @param finishedAt when it ended
 * @param changeMarker to be given to the next import, if this one was complete and the source gave
 *     one
 * @param drift how what was read differs from the connection's snapshot, if there was one and the
 *     import came to its end
 * @param attempts how many times the adapter was called; more than once if a connection broke
 */
public record ImportReport(
    Status status,
    Optional<Failure> failure,
    ImportLedger ledger,
    long columns,
    Relationships relationships,
    Map<String, Long> failuresByCode,
    List<TableOutcome.Failed> failedTables,
    List<SchemaListing> schemas,
    Map<Section, Long> notLoaded,
    List<Notice> notices,
    long noticeCount,
    Instant startedAt,
    Instant finishedAt,
    Optional<ChangeMarker> changeMarker,
    Optional<SchemaDrift> drift,
    int attempts) {

  /** How many failed tables and how many notices a report keeps at most. */
  public static final int KEPT = 1_000;

  /** How an import ended. */
  public enum Status {
    /**
     * Everything wanted was read: every included schema was listed to its end, or every named table
     * was answered, and no table failed.
     */
    COMPLETE,
    /** It came to its end, but some tables failed or some schemas couldn't be listed. */
    INCOMPLETE,
    /** The source says that nothing changed since the last complete import; nothing was read. */
    UNCHANGED,
    /** The caller cancelled it. What was imported until then was handed over. */
    CANCELLED,
    /** It broke off. What was imported until then was handed over. */
    FAILED
  }

  /**
   * Takes all parts at once; {@link #builder} is the way to make one.
   *
   * @param status how it ended
   * @param failure what ended it
   * @param ledger how many tables ended how
   * @param columns how many columns
   * @param relationships how many foreign keys
   * @param failuresByCode how many tables failed by code
   * @param failedTables the first tables that failed
   * @param schemas the included schemas
   * @param notLoaded wanted sections that tables came without
   * @param notices the first notices
   * @param noticeCount how many notices
   * @param startedAt when it began
   * @param finishedAt when it ended
   * @param changeMarker to be given to the next import
   * @param drift how it differs from the snapshot
   * @param attempts how many times the adapter was called
   * @throws IllegalArgumentException if a failure is missing, or is there without cause
   */
  @Internal
  public ImportReport {
    Objects.requireNonNull(status, "status");
    if (failure.isPresent() != (status == Status.FAILED || status == Status.CANCELLED)) {
      throw new IllegalArgumentException(status + " and the failure " + failure);
    }
    Objects.requireNonNull(ledger, "ledger");
    Objects.requireNonNull(relationships, "relationships");
    failuresByCode = Collections.unmodifiableMap(new TreeMap<>(failuresByCode));
    failedTables = List.copyOf(failedTables);
    schemas = List.copyOf(schemas);
    notLoaded =
        notLoaded.isEmpty() ? Map.of() : Collections.unmodifiableMap(new EnumMap<>(notLoaded));
    notices = List.copyOf(notices);
    Objects.requireNonNull(startedAt, "startedAt");
    Objects.requireNonNull(finishedAt, "finishedAt");
    Objects.requireNonNull(changeMarker, "changeMarker");
    Objects.requireNonNull(drift, "drift");
  }

  /**
   * {@return a builder}
   *
   * @param status how it ended
   * @param startedAt when it began
   * @param finishedAt when it ended
   */
  public static Builder builder(Status status, Instant startedAt, Instant finishedAt) {
    return new Builder(status, startedAt, finishedAt);
  }

  /** {@return how many tables were imported} */
  public long datasets() {
    return ledger.imported();
  }

  /** {@return whether everything wanted was read, or nothing had changed} */
  public boolean complete() {
    return status == Status.COMPLETE || status == Status.UNCHANGED;
  }

  /** {@return how many failed tables aren't in {@link #failedTables}} */
  public long moreFailedTables() {
    return ledger.failed() - failedTables.size();
  }

  /** {@return how many notices aren't in {@link #notices}} */
  public long moreNotices() {
    return noticeCount - notices.size();
  }

  /** {@return how long it took} */
  public Duration took() {
    return Duration.between(startedAt, finishedAt);
  }

  /**
   * {@return this report, if it is {@link #complete}}
   *
   * @throws ConnectionException with the failure that ended the import; with that of the first
   *     failed table or schema, if it is incomplete; with {@link StandardErrorCode#NOT_ANSWERED} if
   *     a listing wasn't finished
   */
  public ImportReport orThrow() {
    if (complete()) {
      return this;
    }
    throw failure
        .or(() -> failedTables.stream().findFirst().map(TableOutcome.Failed::failure))
        .or(() -> schemas.stream().flatMap(schema -> schema.failure().stream()).findFirst())
        .orElseGet(
            () ->
                Failure.of(
                        StandardErrorCode.NOT_ANSWERED,
                        "The import is incomplete: not every schema was listed to its end.")
                    .withRemedy("See in the report which these are, and import again."))
        .asException();
  }

  /** Collects the parts of a report. Not safe for several threads. */
  public static final class Builder {
    private final Status status;
    private final Instant startedAt;
    private final Instant finishedAt;
    private Optional<Failure> failure = Optional.empty();
    private ImportLedger ledger = ImportLedger.EMPTY;
    private long columns;
    private Relationships relationships = Relationships.NONE;
    private Map<String, Long> failuresByCode = Map.of();
    private List<TableOutcome.Failed> failedTables = List.of();
    private List<SchemaListing> schemas = List.of();
    private Map<Section, Long> notLoaded = Map.of();
    private List<Notice> notices = List.of();
    private long noticeCount;
    private Optional<ChangeMarker> changeMarker = Optional.empty();
    private Optional<SchemaDrift> drift = Optional.empty();
    private int attempts = 1;

    private Builder(Status status, Instant startedAt, Instant finishedAt) {
      this.status = status;
      this.startedAt = startedAt;
      this.finishedAt = finishedAt;
    }

    /**
     * Sets what ended the import.
     *
     * @param failure needed exactly if the status is FAILED or CANCELLED
     * @return this builder
     */
    public Builder failure(Failure failure) {
      this.failure = Optional.of(failure);
      return this;
    }

    /**
     * Sets the ledger.
     *
     * @param ledger how many tables ended how
     * @return this builder
     */
    public Builder ledger(ImportLedger ledger) {
      this.ledger = ledger;
      return this;
    }

    /**
     * Sets what the imported tables hold.
     *
     * @param columns how many columns
     * @param relationships how many foreign keys
     * @return this builder
     */
    public Builder contents(long columns, Relationships relationships) {
      this.columns = columns;
      this.relationships = relationships;
      return this;
    }

    /**
     * Sets the tables that failed.
     *
     * @param byCode how many by the id of the code
     * @param first the first of them
     * @return this builder
     */
    public Builder failures(Map<String, Long> byCode, List<TableOutcome.Failed> first) {
      this.failuresByCode = byCode;
      this.failedTables = first;
      return this;
    }

    /**
     * Sets the included schemas.
     *
     * @param schemas in the order of their names
     * @return this builder
     */
    public Builder schemas(List<SchemaListing> schemas) {
      this.schemas = schemas;
      return this;
    }

    /**
     * Sets the wanted sections that tables came without.
     *
     * @param tables how many tables, by section
     * @return this builder
     */
    public Builder notLoaded(Map<Section, Long> tables) {
      this.notLoaded = tables;
      return this;
    }

    /**
     * Sets the notices.
     *
     * @param first the first of them
     * @param count how many there were
     * @return this builder
     */
    public Builder notices(List<Notice> first, long count) {
      this.notices = first;
      this.noticeCount = count;
      return this;
    }

    /**
     * Sets the marker for the next import.
     *
     * @param marker as the source gave it
     * @return this builder
     */
    public Builder changeMarker(Optional<ChangeMarker> marker) {
      this.changeMarker = marker;
      return this;
    }

    /**
     * Sets how what was read differs from the snapshot.
     *
     * @param since empty if nothing was compared
     * @return this builder
     */
    public Builder drift(Optional<SchemaDrift> since) {
      this.drift = since;
      return this;
    }

    /**
     * Sets how many times the adapter was called.
     *
     * @param attempts 1 if never set
     * @return this builder
     */
    public Builder attempts(int attempts) {
      this.attempts = attempts;
      return this;
    }

    /**
     * {@return the report}
     *
     * @throws IllegalArgumentException if a failure is missing, or is there without cause
     */
    public ImportReport build() {
      return new ImportReport(
          status,
          failure,
          ledger,
          columns,
          relationships,
          failuresByCode,
          failedTables,
          schemas,
          notLoaded,
          notices,
          noticeCount,
          startedAt,
          finishedAt,
          changeMarker,
          drift,
          attempts);
    }
  }
}
