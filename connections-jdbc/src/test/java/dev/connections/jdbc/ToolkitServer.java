package dev.connections.jdbc;

import dev.connections.api.Field;
import dev.connections.api.ServerInfo;
import dev.connections.api.StandardErrorCode;
import dev.connections.api.TestSteps;
import dev.connections.testkit.TestAdapterContext;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import org.postgresql.Driver;

/** A real server, and a small adapter's share of the toolkit. */
final class ToolkitServer {
  static final Field<String> HOST = Field.text("host");
  private static final EmbeddedPostgres SERVER = start();

  private ToolkitServer() {}

  private static EmbeddedPostgres start() {
    try {
      EmbeddedPostgres server = EmbeddedPostgres.builder().start();
      Runtime.getRuntime()
          .addShutdownHook(
              new Thread(
                  () -> {
                    try {
                      server.close();
                    } catch (IOException e) {
                      throw new UncheckedIOException(e);
                    }
                  }));
      return server;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static int port() {
    return SERVER.getPort();
  }

  static DatabaseSettings settings(String host, int port, int poolSize) {
    return new DatabaseSettings(
            "Toolkit",
            host,
            port,
            Duration.ofSeconds(60),
            Duration.ofSeconds(10),
            poolSize,
            Duration.ofSeconds(30),
            ErrorTable.read(ToolkitServer.class, "/sql-queries/toolkit/errors.txt"),
            Map.of())
        .naming(
            List.of(StandardErrorCode.UNKNOWN_HOST, StandardErrorCode.CONNECTION_REFUSED), HOST);
  }

  static Database open(DatabaseSettings settings) {
    return open(settings, TestAdapterContext.create());
  }

  static Database open(TestAdapterContext context) {
    return open(settings("localhost", port(), 4), context);
  }

  private static Database open(DatabaseSettings settings, TestAdapterContext context) {
    return Database.of(settings, dial -> connect(settings, dial), context);
  }

  /** As somebody else connects. */
  static Connection connect() throws SQLException {
    Properties properties = new Properties();
    properties.setProperty("user", "postgres");
    return new Driver().connect("jdbc:postgresql://localhost:" + port() + "/postgres", properties);
  }

  static Connection connect(DatabaseSettings settings, DatabaseDriver.Dial dial)
      throws SQLException {
    Properties properties = new Properties();
    properties.setProperty("user", "postgres");
    properties.setProperty("socketFactory", dial.socketFactory());
    properties.setProperty("socketFactoryArg", dial.socketFactoryArgument());
    return new Driver()
        .connect(
            "jdbc:postgresql://" + settings.host() + ":" + settings.port() + "/postgres",
            properties);
  }

  static Database open(int poolSize) {
    return open(settings("localhost", port(), poolSize));
  }

  /** Questions that any server answers. */
  static class Questions implements ConnectionCheck.Questions {
    @Override
    public boolean encrypting() {
      return false;
    }

    @Override
    public boolean encryptionRequired() {
      return false;
    }

    @Override
    public boolean greet(Socket socket) throws IOException {
      return false;
    }

    @Override
    public ServerInfo server(Session session) throws java.sql.SQLException {
      return session
          .query(
              "select version()",
              Session.Binder.NONE,
              row -> new ServerInfo(row.getString(1), Optional.empty(), Map.of("database", "d")))
          .get(0);
    }

    @Override
    public void authorize(Session session, TestSteps.Findings findings) {
      findings.detail("all");
    }

    @Override
    public void read(Session session, TestSteps.Findings findings) {
      findings.detail("something");
    }
  }
}
