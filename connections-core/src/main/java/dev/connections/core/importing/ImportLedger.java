package dev.connections.core.importing;

/**
 * How many tables ended how. Every listed table is in exactly one of the other four counts.
 *
 * @param listed how many were listed, or named by the options
 * @param imported how many were read and handed over
 * @param failed how many were wanted and couldn't be read
 * @param excluded how many the options leave out
 * @param unchanged how many are known already and haven't changed
 */
public record ImportLedger(long listed, long imported, long failed, long excluded, long unchanged) {
  /** A ledger without a table. */
  public static final ImportLedger EMPTY = new ImportLedger(0, 0, 0, 0, 0);

  /** {@return whether every listed table has ended in exactly one way} */
  public boolean balances() {
    return listed == imported + failed + excluded + unchanged;
  }
}
