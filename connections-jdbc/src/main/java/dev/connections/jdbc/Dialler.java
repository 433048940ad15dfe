package dev.connections.jdbc;

import dev.connections.api.AdapterContext;
import dev.connections.api.Attempt;
import dev.connections.api.Registration;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.UUID;

/**
 * Opens connections to one server: the driver dials checked addresses only, in time, and what it
 * dials can be cut. Safe for any thread.
 */
final class Dialler implements AutoCloseable {
  private final DatabaseSettings settings;
  private final DatabaseDriver driver;
  private final DatabaseFailures failures;
  private final Wire wire;
  private final String key = UUID.randomUUID().toString();

  Dialler(
      DatabaseSettings settings,
      DatabaseDriver driver,
      DatabaseFailures failures,
      AdapterContext context) {
    this.settings = settings;
    this.driver = driver;
    this.failures = failures;
    this.wire =
        new Wire(settings.host(), settings.port(), context.egress(), settings.connectTimeout());
    PinnedSocketFactory.register(key, wire);
  }

  Wire wire() {
    return wire;
  }

  /** What a driver is given, for other questions than its own. */
  RoutedSocketFactory sockets() {
    return new RoutedSocketFactory(key);
  }

  /** A connection whose making ends with the attempt. */
  Connection dial(Attempt attempt) {
    Duration timeout = attempt.timeout();
    Wire.Dialling dialling = wire.begin(timeout);
    Registration hook = attempt.onCancel(dialling::cut);
    try (dialling;
        hook) {
      return connect(timeout);
    } catch (SQLException | RuntimeException e) {
      throw failures.at(dialling.port()).of(dialling.failure().orElse(e));
    }
  }

  /** A connection that nobody waits for in particular. */
  Connection dial() {
    Wire.Dialling dialling = wire.begin(settings.connectTimeout());
    try (dialling) {
      return connect(settings.connectTimeout());
    } catch (SQLException | RuntimeException e) {
      throw failures.at(dialling.port()).of(dialling.failure().orElse(e));
    }
  }

  private Connection connect(Duration timeout) throws SQLException {
    Duration least =
        timeout.compareTo(settings.connectTimeout()) < 0 ? timeout : settings.connectTimeout();
    return driver.connect(new DatabaseDriver.Dial(least, PinnedSocketFactory.class.getName(), key));
  }

  /** Cuts every connection; further ones aren't made. */
  @Override
  public void close() {
    PinnedSocketFactory.forget(key);
    wire.cut();
  }
}
