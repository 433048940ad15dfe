package dev.connections.databricks;

import dev.connections.api.ConnectionException;
import dev.connections.api.Operation;
import java.util.function.Consumer;

/**
 * A feature: writes schemas and tables into the workspace's catalogs, such as the script that an
 * import's target made. Offered where the connection names compute; nothing is written unless a
 * host reaches for it.
 *
 * <p>A script is planned first: that is the dry run, and it writes nothing. Only statements that
 * create schemas and tables where they aren't there, name keys, and set tags and comments are run;
 * a script that holds another one can be planned and not be applied. Safe for any thread.
 */
public interface CatalogWriter {
  /**
   * Takes a script apart and finds out what its statements would do.
   *
   * @param script statements that end with semicolons, with remarks between them
   * @param operation deadline and cancellation
   * @return the statements in order, each with what it would do
   * @throws ConnectionException if the catalog can't be asked
   */
  WritePlan plan(String script, Operation operation);

  /**
   * Runs the statements of a plan one after the other. A statement that fails doesn't end it: those
   * that build on it are skipped, the others run. None is tried twice.
   *
   * @param plan what {@link #plan} gave
   * @param listener hears of each statement when it is done, on the caller's thread
   * @param operation deadline and cancellation; what was written before stays
   * @return what became of each statement
   * @throws ConnectionException if the plan holds a refused statement, the warehouse takes none, or
   *     nothing further would be answered
   */
  WriteReport apply(
      WritePlan plan, Consumer<? super WriteReport.Outcome> listener, Operation operation);
}
