package dev.connections.filesystem.internal;

/**
 * How much of a file is looked at, and where reading ends in {@code TOO_LARGE}. All in bytes unless
 * said.
 *
 * @param headBytes the first part that is read of every file
 * @param largestHeadBytes how far the first part grows while it holds too few records
 * @param sliceBytes the size of the last part and of each part from the middle of a large file
 * @param slices how many parts from the middle
 * @param enoughRecords how many records make the first part large enough
 * @param largestRecord the longest record
 * @param mostColumns how many columns a table may have
 * @param deepestNesting how many levels a JSON value or a schema may have
 * @param wholeValueBytes a file that is one JSON value is read to its end up to this size
 * @param decompressedBytes what a compressed file may unfold to
 * @param footerBytes the largest footer or header of a binary format
 */
public record ReadLimits(
    int headBytes,
    int largestHeadBytes,
    int sliceBytes,
    int slices,
    int enoughRecords,
    int largestRecord,
    int mostColumns,
    int deepestNesting,
    int wholeValueBytes,
    long decompressedBytes,
    int footerBytes) {

  private static final int KB = 1024;
  private static final int MB = 1024 * KB;

  /** What the adapter uses. */
  public static final ReadLimits DEFAULT =
      new ReadLimits(
          256 * KB, 4 * MB, 64 * KB, 4, 1_000, 16 * MB, 20_000, 500, 4 * MB, 64L * MB, 64 * MB);

  /** {@return limits for files that are read to their end: only their parts are bounded} */
  public ReadLimits forWholeFiles() {
    return new ReadLimits(
        headBytes,
        largestHeadBytes,
        sliceBytes,
        slices,
        enoughRecords,
        largestRecord,
        mostColumns,
        deepestNesting,
        Integer.MAX_VALUE,
        Long.MAX_VALUE,
        footerBytes);
  }
}
