package dev.connections.core;

import dev.connections.api.ConnectionException;
import dev.connections.core.access.Actor;
import dev.connections.core.audit.AuditOperation;
import dev.connections.core.internal.calls.CallOperation;
import dev.connections.core.internal.sealing.StoreKeys;
import dev.connections.core.secrets.KeySource;
import dev.connections.core.secrets.KeyStatus;
import dev.connections.core.secrets.SecretErrorCode;
import dev.connections.core.secrets.SecretKey;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.BooleanSupplier;

/**
 * The keys that the store's secrets are encrypted with: looked at, and replaced while everything
 * runs. It is the operator's door and not a tenant's: it reaches over all accounts, shows no
 * secret, and is reached from {@link Connections} only.
 *
 * <p>Keys are replaced in four steps, each of which may be repeated, and cut off at any point:
 *
 * <ol>
 *   <li>{@link #addKey}: there is a new key that decrypts and doesn't encrypt yet. Every process
 *       learns of it within a minute, or when it first needs it.
 *   <li>{@link #rotate}: the new key encrypts from now on, and what was encrypted before is
 *       encrypted anew.
 *   <li>{@link #status}, or the job's progress: how many rows are on the new key.
 *   <li>{@link #retireFormer}: keys that nothing is encrypted with any more are taken away. The
 *       store refuses to give up a key that is still needed.
 * </ol>
 *
 * <p>Each step is in the audit log: changes of the keyset in that of the operator's account, what
 * is encrypted anew in that of the account it belongs to. Safe for any thread.
 */
public final class SecretKeys {
  private static final Duration LONGEST_ROTATION = Duration.ofDays(1);

  private final Actor operator;
  private final Workings workings;

  SecretKeys(Actor operator, Workings workings) {
    this.operator = operator;
    this.workings = workings;
  }

  /**
   * {@return the keys, and how many rows are encrypted with each} One question to the store.
   *
   * @throws ConnectionException with {@link CoreErrorCode#CLOSED}, or as the store fails
   */
  public KeyStatus status() {
    workings.calls().refuseIfClosed();
    return present();
  }

  private KeyStatus present() {
    return new KeyStatus(keys().keys(workings.store().sealedRows().countByKey()));
  }

  private StoreKeys keys() {
    return workings.keys();
  }

  /**
   * Adds a key, unless there is one already that waits for its turn.
   *
   * @return the keys with it
   * @throws ConnectionException with {@link CoreErrorCode#NOT_AUDITED} if the audit log doesn't
   *     take it; with a {@link SecretErrorCode} if the key source fails; then there is no new key
   */
  public KeyStatus addKey() {
    workings.calls().refuseIfClosed();
    keys().add(this::audited);
    return present();
  }

  /**
   * Makes the newest key the one that encrypts, if it isn't, and encrypts anew, on another thread,
   * what is encrypted with former ones. Where the newest key encrypts already, it goes on with what
   * an earlier rotation has left.
   *
   * <p>Nobody waits for it: secrets are read and written meanwhile. Several at once, also of
   * several processes, do each other no harm.
   *
   * @return the rotation
   * @throws ConnectionException as {@link #addKey}
   */
  public RotationJob rotate() {
    return started(() -> keys().promote(this::audited));
  }

  /**
   * Goes on with a rotation that its process didn't bring to its end: encrypts anew what is still
   * encrypted with former keys. A key that waits for its turn goes on waiting.
   *
   * @return the rotation; empty if nothing is left to do
   * @throws ConnectionException with {@link CoreErrorCode#CLOSED}, or as the store fails
   */
  public Optional<RotationJob> resume() {
    return status().rotated() ? Optional.empty() : Optional.of(started(() -> {}));
  }

  private RotationJob started(Runnable first) {
    CallOperation operation =
        workings.calls().begin("key rotation", LONGEST_ROTATION, CallOptions.defaults());
    boolean running = false;
    try {
      first.run();
      KeyRotation rotation = new KeyRotation(operator, workings, operation, present());
      CompletableFuture<RotationReport> end = new CompletableFuture<>();
      workings.runtime().execute(() -> run(rotation, operation, end));
      running = true;
      return new RotationJob(end, rotation::progress, operation::cancel);
    } catch (RejectedExecutionException closing) {
      throw RunningCalls.refused();
    } finally {
      if (!running) {
        workings.calls().end(operation);
      }
    }
  }

  private void run(
      KeyRotation rotation, CallOperation operation, CompletableFuture<RotationReport> end) {
    try {
      end.complete(rotation.report());
    } catch (RuntimeException | Error defect) {
      end.completeExceptionally(defect);
    } finally {
      workings.calls().end(operation);
    }
  }

  /**
   * Takes former keys away that nothing is encrypted with any more. One that is still needed stays.
   *
   * @return the keys that are left
   * @throws ConnectionException as {@link #addKey}
   */
  public KeyStatus retireFormer() {
    workings.calls().refuseIfClosed();
    for (SecretKey key : present().keys()) {
      if (key.state() == SecretKey.State.FORMER && key.rows() == 0) {
        retire(key);
      }
    }
    return present();
  }

  private void retire(SecretKey key) {
    try {
      keys().retire(key.id(), this::audited);
    } catch (ConnectionException failed) {
      if (!failed.is(SecretErrorCode.KEY_IN_USE)) {
        throw failed;
      } // somebody has just written with it: the next rotation finds that
    }
  }

  /**
   * Wraps the keyset anew, with what the {@link KeySource} wraps with at present. To change the key
   * around the keys, start all processes with {@link KeySource#replacing the new source that
   * replaces the former}, then call this, then start them with the new source alone. No secret is
   * encrypted anew.
   *
   * @return the keys, the same as before
   * @throws ConnectionException as {@link #addKey}
   */
  public KeyStatus rewrap() {
    workings.calls().refuseIfClosed();
    keys().rewrap(this::audited);
    return present();
  }

  private boolean audited(String what, BooleanSupplier replacement) {
    try {
      return workings
          .store()
          .atomically(
              operator.account(),
              () -> {
                workings
                    .audit()
                    .before(
                        workings
                            .audit()
                            .of(operator, AuditOperation.ROTATE_KEYS)
                            .object(what)
                            .build());
                if (!replacement.getAsBoolean()) {
                  throw new Overtaken();
                }
                return true;
              });
    } catch (Overtaken another) {
      return false; // and its record isn't kept
    }
  }

  /** Another process has changed the keyset since it was read. */
  private static final class Overtaken extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Overtaken() {
      super("overtaken", null, false, false);
    }
  }
}
