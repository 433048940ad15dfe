package dev.connections.core.importing;

import dev.connections.api.ImportPlan;
import dev.connections.api.Internal;
import dev.connections.api.Notice;
import dev.connections.api.TableInfo;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * What an import would read and cost, found out by listing only. Lists are cut after {@link
 * #DATASETS_KEPT} datasets and {@link #OTHERS_KEPT} of anything else; the counts are always whole.
 *
 * @param datasets the tables that would be read
 * @param wanted how many these are
 * @param knownColumns how many columns they have together, as far as the listing says so
 * @param excluded the tables that the options leave out, with the rule
 * @param excludedCount how many these are
 * @param failed the named tables that can't be read, such as one that doesn't exist
 * @param failedCount how many these are
 * @param schemas the included schemas in the order of their names, with their counts; one that
 *     couldn't be listed says why. None where the options name tables only
 * @param plan how many tables, calls and what share of a quota, as far as the adapter knows
 * @param estimate how long the import would take, if that can be told
 * @param notices what else there is to know, such as very large tables
 * @param noticeCount how many notices there were
 */
public record ImportPreview(
    List<TableInfo> datasets,
    long wanted,
    long knownColumns,
    List<TableOutcome.Excluded> excluded,
    long excludedCount,
    List<TableOutcome.Failed> failed,
    long failedCount,
    List<SchemaListing> schemas,
    ImportPlan plan,
    Optional<Duration> estimate,
    List<Notice> notices,
    long noticeCount) {

  /** How many datasets a preview keeps at most. */
  public static final int DATASETS_KEPT = 10_000;

  /** How many excluded tables, failed tables and notices a preview keeps at most, each. */
  public static final int OTHERS_KEPT = 1_000;

  /**
   * Takes all parts at once.
   *
   * @param datasets the tables that would be read
   * @param wanted how many these are
   * @param knownColumns how many columns they have
   * @param excluded the tables left out
   * @param excludedCount how many these are
   * @param failed the named tables that can't be read
   * @param failedCount how many these are
   * @param schemas the included schemas
   * @param plan the cost
   * @param estimate how long it would take
   * @param notices what else there is to know
   * @param noticeCount how many notices there were
   */
  @Internal
  public ImportPreview {
    datasets = List.copyOf(datasets);
    excluded = List.copyOf(excluded);
    failed = List.copyOf(failed);
    schemas = List.copyOf(schemas);
    Objects.requireNonNull(plan, "plan");
    Objects.requireNonNull(estimate, "estimate");
    notices = List.copyOf(notices);
  }

  /** {@return whether every included schema was listed to its end and every named table found} */
  public boolean complete() {
    return failedCount == 0 && schemas.stream().allMatch(SchemaListing::complete);
  }
}
