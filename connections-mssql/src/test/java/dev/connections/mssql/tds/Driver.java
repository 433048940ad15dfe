package dev.connections.mssql.tds;

import com.microsoft.sqlserver.jdbc.SQLServerDriver;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Properties;

/** The real driver, connecting to an endpoint. */
final class Driver {
  static final String USER = "reader";
  static final String PASSWORD = "pa55-w0rd-{é}";

  private Driver() {}

  static Connection connect(TdsServer server, String... properties) throws SQLException {
    return connect(server.port(), properties);
  }

  /** With properties as pairs of a name and a value. */
  static Connection connect(int port, String... properties) throws SQLException {
    Properties all = new Properties();
    all.setProperty("user", USER);
    all.setProperty("password", PASSWORD);
    all.setProperty("encrypt", "false");
    all.setProperty("loginTimeout", "10");
    all.setProperty("connectRetryCount", "0");
    for (int i = 0; i < properties.length; i += 2) {
      if (properties[i + 1].isEmpty()) {
        all.remove(properties[i]);
      } else {
        all.setProperty(properties[i], properties[i + 1]);
      }
    }
    return new SQLServerDriver().connect("jdbc:sqlserver://localhost:" + port, all);
  }
}
