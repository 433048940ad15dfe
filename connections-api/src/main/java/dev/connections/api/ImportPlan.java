package dev.connections.api;

import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What an import will cost, as far as the adapter knows before its expensive calls.
 *
 * @param tables how many tables will be read
 * @param calls how many calls it will take
 * @param quota the allowance they count against
 * @param estimate how long it will take
 */
public record ImportPlan(
    OptionalLong tables, OptionalLong calls, Optional<Quota> quota, Optional<Duration> estimate) {
  /** A plan of which nothing is known. */
  public static final ImportPlan UNKNOWN =
      new ImportPlan(
          OptionalLong.empty(), OptionalLong.empty(), Optional.empty(), Optional.empty());

  /**
   * Checks that no part is null.
   *
   * @param tables how many tables will be read
   * @param calls how many calls it will take
   * @param quota the allowance they count against
   * @param estimate how long it will take
   */
  public ImportPlan {
    Objects.requireNonNull(tables, "tables");
    Objects.requireNonNull(calls, "calls");
    Objects.requireNonNull(quota, "quota");
    Objects.requireNonNull(estimate, "estimate");
  }

  /**
   * {@return a plan of tables and calls}
   *
   * @param tables how many tables will be read
   * @param calls how many calls it will take
   */
  public static ImportPlan of(long tables, long calls) {
    return new ImportPlan(
        OptionalLong.of(tables), OptionalLong.of(calls), Optional.empty(), Optional.empty());
  }

  /**
   * {@return a copy with an allowance}
   *
   * @param allowance what the calls count against
   */
  public ImportPlan withQuota(Quota allowance) {
    return new ImportPlan(tables, calls, Optional.of(allowance), estimate);
  }

  /**
   * {@return a copy with an estimated time}
   *
   * @param time how long it will take
   */
  public ImportPlan withEstimate(Duration time) {
    return new ImportPlan(tables, calls, quota, Optional.of(time));
  }
}
