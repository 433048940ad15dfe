package dev.connections.core.internal.egress;

import dev.connections.api.ConnectionException;
import dev.connections.api.Failure;
import dev.connections.api.StandardErrorCode;
import dev.connections.api.StandardFailures;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Looks up names on threads of its own: the system's resolver has no time-out that can be set and
 * doesn't heed interruption.
 */
final class NameLookup {
  /** Lookups that hang keep their thread; there may be so many of them before others queue. */
  private static final int THREADS = 32;

  private final Resolver resolver;
  private final Duration patience;
  private final ThreadPoolExecutor threads;

  NameLookup(Resolver resolver, Duration patience) {
    this.resolver = resolver;
    this.patience = patience;
    this.threads =
        new ThreadPoolExecutor(
            THREADS, THREADS, 5, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), NameLookup::thread);
    this.threads.allowCoreThreadTimeOut(true);
  }

  /**
   * {@return the addresses of a name; at least one}
   *
   * @throws ConnectionException UNKNOWN_HOST, TIMEOUT or, if the thread is interrupted, CANCELLED
   */
  List<InetAddress> lookUp(String name) {
    Future<InetAddress[]> lookup = threads.submit(() -> resolver.addressesOf(name));
    try {
      InetAddress[] addresses = lookup.get(patience.toNanos(), TimeUnit.NANOSECONDS);
      if (addresses.length == 0) {
        throw unknown(name);
      }
      return List.of(addresses);
    } catch (TimeoutException hangs) {
      throw Failure.of(
              StandardErrorCode.TIMEOUT,
              "No name server answered for '" + name + "' within " + patience.toSeconds() + " s.")
          .withRemedy("Check this machine's network and name servers, or enter the address.")
          .asException();
    } catch (InterruptedException byHost) {
      Thread.currentThread().interrupt();
      throw StandardFailures.cancelled().asException(byHost);
    } catch (ExecutionException failed) {
      Throwable thrown = Optional.ofNullable(failed.getCause()).orElse(failed);
      if (thrown instanceof UnknownHostException) {
        throw unknown(name);
      }
      throw StandardFailures.internal(thrown).asException(thrown);
    } finally {
      lookup.cancel(true);
    }
  }

  private static ConnectionException unknown(String name) {
    return Failure.of(
            StandardErrorCode.UNKNOWN_HOST, "The server '" + name + "' isn't known by this name.")
        .withRemedy(
            "Check the name for typing errors, and whether this machine's name servers know it;"
                + " for a server on this machine, use localhost.")
        .asException();
  }

  private static Thread thread(Runnable work) {
    Thread thread = new Thread(null, work, "connections-names", 0, false);
    thread.setDaemon(true);
    return thread;
  }

  /** Asks for the addresses of a name. */
  @FunctionalInterface
  interface Resolver {
    InetAddress[] addressesOf(String name) throws UnknownHostException;
  }
}
