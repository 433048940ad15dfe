package dev.connections.filesystem.internal.scan;

import dev.connections.api.Operation;
import dev.connections.api.Parallel;
import dev.connections.filesystem.internal.FileContent;
import java.io.IOException;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.OptionalLong;
import java.util.Queue;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * Reads a file from one place to its end, in chunks of equal size on several threads, and puts
 * together what each found in the file's order.
 *
 * <p>A chunk's records are those that begin in it. Where its first one begins is a guess for all
 * chunks but the first; it is checked when the chunk's turn has come, as the chunk before then
 * knows where its last record ended, and a chunk that guessed wrong is read again from there. So
 * the result is exactly that of reading from the first byte to the last. What is held at a time is
 * one buffer for each thread and what the chunks found.
 *
 * @param <F> what a chunk found
 */
public final class ChunkScan<F> {
  private static final int CHUNK = 1024 * 1024;
  private static final int OVERLAP = 64 * 1024;
  private static final int MOST_THREADS = 8;

  private final FileContent content;
  private final long start;
  private final long size;
  private final Chunks<F> chunks;
  private final Operation operation;
  private final Queue<ChunkBuffer> buffers = new ConcurrentLinkedQueue<>();
  private final TreeMap<Long, Found<F>> waiting = new TreeMap<>();
  private long turn;
  private long next;

  /**
   * How the records of a chunk are found.
   *
   * @param <F> what a chunk found
   */
  public interface Chunks<F> {
    /**
     * Reads the records that begin in a chunk.
     *
     * @param buffer holds the chunk from its first byte on; more may be read into it
     * @param certain whether a record, or blank text before one, begins at the first byte; else
     *     where one begins is guessed
     * @param end the place in the file behind the chunk
     * @return what was found
     * @throws IOException if the file can't be read
     */
    Found<F> read(ChunkBuffer buffer, boolean certain, long end) throws IOException;

    /**
     * Adds what a chunk found to the rest. Called for one chunk after the other, in the file's
     * order.
     *
     * @param found what it found
     */
    void add(F found);
  }

  /**
   * What a chunk found.
   *
   * @param first where in the file its first record begins, or {@link #UNSURE}
   * @param next where the first record behind it begins
   * @param found what it found
   * @param <F> what a chunk found
   */
  public record Found<F>(long first, long next, F found) {
    /** Where no record begins: the chunk must be read again once its beginning is known. */
    public static final long UNSURE = -1;
  }

  private ChunkScan(FileContent content, long start, Chunks<F> chunks, Operation operation) {
    this.content = content;
    this.start = start;
    this.size = content.size();
    this.chunks = chunks;
    this.operation = operation;
    this.next = start;
  }

  /**
   * Reads a file to its end.
   *
   * @param content a file that can be read at any place
   * @param start where to begin: between two records
   * @param chunks finds records
   * @param parallel lends threads
   * @param operation deadline, cancellation and progress in bytes
   * @param <F> what a chunk found
   * @throws IOException if the file can't be read
   */
  public static <F> void run(
      FileContent content, long start, Chunks<F> chunks, Parallel parallel, Operation operation)
      throws IOException {
    ChunkScan<F> scan = new ChunkScan<>(content, start, chunks, operation);
    int width = Math.min(Runtime.getRuntime().availableProcessors(), MOST_THREADS);
    try {
      parallel.forEach(scan.numbers(), width, operation, scan::chunk);
    } catch (UnreadableChunk e) {
      throw e.cause;
    }
  }

  private Iterable<Long> numbers() {
    long count = (size - start + CHUNK - 1) / CHUNK;
    return () ->
        new Iterator<>() {
          private long at;

          @Override
          public boolean hasNext() {
            return at < count;
          }

          @Override
          public Long next() {
            if (at >= count) {
              throw new NoSuchElementException();
            }
            return at++;
          }
        };
  }

  private void chunk(long number) {
    operation.checkpoint();
    ChunkBuffer buffer = buffers.poll();
    if (buffer == null) {
      buffer = new ChunkBuffer(CHUNK + OVERLAP);
    }
    try {
      long from = start + number * CHUNK;
      // One byte before: a line end there means that a record begins with the chunk.
      buffer.fill(content, number == 0 ? from : from - 1, CHUNK + OVERLAP, size);
      inTurn(number, chunks.read(buffer, number == 0, end(number)), buffer);
    } catch (IOException e) {
      throw new UnreadableChunk(e);
    } finally {
      if (buffer.capacity() <= CHUNK + OVERLAP) { // a long record's memory isn't kept
        buffers.add(buffer);
      }
    }
  }

  private long end(long number) {
    return Math.min(size, start + (number + 1) * CHUNK);
  }

  private synchronized void inTurn(long number, Found<F> found, ChunkBuffer buffer)
      throws IOException {
    waiting.put(number, found);
    Found<F> ready = waiting.remove(turn);
    while (ready != null) {
      chunks.add(checked(turn, ready, buffer));
      operation
          .progress()
          .progress("scanning", Math.min(next, size) - start, OptionalLong.of(size - start));
      turn++;
      ready = waiting.remove(turn);
    }
  }

  /** What a chunk found, read again if it began at the wrong place. */
  private F checked(long number, Found<F> guessed, ChunkBuffer buffer) throws IOException {
    Found<F> right = guessed;
    if (number > 0 && guessed.first() != next) {
      buffer.fill(content, next, CHUNK + OVERLAP, size);
      right = chunks.read(buffer, true, Math.max(next, end(number)));
    }
    next = right.next();
    return right.found();
  }

  /** Carries an exception out of the work of a thread. */
  private static final class UnreadableChunk extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient IOException cause;

    private UnreadableChunk(IOException cause) {
      super(cause);
      this.cause = cause;
    }
  }
}
