package dev.connections.filesystem.internal.content;

import dev.connections.api.ConnectionException;
import dev.connections.api.Failure;
import dev.connections.api.Operation;
import dev.connections.api.ProgressListener;
import dev.connections.api.Registration;
import dev.connections.api.StandardErrorCode;
import dev.connections.filesystem.internal.FileFailures;
import java.time.Duration;

/**
 * The part of an operation that reads one file. One file may not use up the time of all: it has a
 * deadline of its own, and what it exceeds is told as this file's failure.
 */
public final class FileOperation implements Operation {
  private final Operation whole;
  private final String path;
  private final Duration allowed;
  private final long deadline;

  /**
   * Starts the file's time.
   *
   * @param whole the operation this is part of
   * @param path relative path
   * @param allowed how long the file may take
   */
  public FileOperation(Operation whole, String path, Duration allowed) {
    this.whole = whole;
    this.path = path;
    this.allowed = allowed;
    this.deadline = System.nanoTime() + allowed.toNanos();
  }

  @Override
  public Duration remaining() {
    long left = deadline - System.nanoTime();
    Duration own = left <= 0 ? Duration.ZERO : Duration.ofNanos(left);
    Duration others = whole.remaining();
    return own.compareTo(others) < 0 ? own : others;
  }

  @Override
  public boolean cancelled() {
    return whole.cancelled();
  }

  @Override
  public Registration onCancel(Runnable hook) {
    return whole.onCancel(hook);
  }

  @Override
  public void checkpoint() {
    whole.checkpoint();
    if (System.nanoTime() - deadline >= 0) {
      throw tooSlow();
    }
  }

  private ConnectionException tooSlow() {
    return Failure.of(
            StandardErrorCode.TIMEOUT,
            "Reading '"
                + FileFailures.shown(path)
                + "' took longer than "
                + allowed.toSeconds()
                + " seconds.")
        .withRemedy("Is its disk or network share slow? Try again, or leave the file out.")
        .asException();
  }

  @Override
  public ProgressListener progress() {
    return whole.progress();
  }
}
