package dev.connections.store.jdbc;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.pool.HikariPool;
import dev.connections.api.ConnectionException;
import java.sql.SQLException;
import java.util.concurrent.atomic.AtomicInteger;
import org.postgresql.ds.PGSimpleDataSource;
import org.postgresql.jdbc.SslMode;

/** Connections of a role to the server. The password is never part of a URL. */
final class PostgresPool {
  private static final String APPLICATION = "connections";

  /** The oldest version that is supported; the driver needn't ask. */
  private static final String OLDEST_SERVER = "13";

  private static final int CANCEL_SECONDS = 2;
  private static final AtomicInteger NUMBER = new AtomicInteger();

  private PostgresPool() {}

  /** A pool as large as the settings say. Fails if the server can't be reached now. */
  static HikariDataSource open(PostgresStoreSettings settings) {
    HikariConfig config = new HikariConfig();
    config.setPoolName("connections-store-" + NUMBER.incrementAndGet());
    config.setDataSource(users(settings));
    config.setAutoCommit(false);
    config.setMaximumPoolSize(settings.poolSize());
    config.setMinimumIdle(1);
    config.setConnectionTimeout(Math.max(250, settings.patience().toMillis()));
    try {
      return new HikariDataSource(config);
    } catch (HikariPool.PoolInitializationException e) {
      throw cause(e);
    }
  }

  private static ConnectionException cause(RuntimeException e) {
    return e.getCause() instanceof SQLException sql
        ? PostgresFaults.translate(sql)
        : PostgresFaults.translate(new SQLException(e));
  }

  /** What is the same in every transaction is said once for each connection. */
  private static PGSimpleDataSource users(PostgresStoreSettings settings) {
    PGSimpleDataSource source = source(settings, settings.user());
    source.setCurrentSchema(PostgresTransactions.searchPath(settings.schema()));
    long wait = settings.patience().toMillis();
    source.setOptions("-c lock_timeout=" + wait + " -c statement_timeout=" + wait);
    return source;
  }

  /** Single connections. */
  static PGSimpleDataSource source(
      PostgresStoreSettings settings, PostgresStoreSettings.Login login) {
    PGSimpleDataSource source = new PGSimpleDataSource();
    source.setServerNames(new String[] {settings.host()});
    source.setPortNumbers(new int[] {settings.port()});
    source.setDatabaseName(settings.database());
    source.setUser(login.role());
    source.setPassword(login.password().use(String::new));
    source.setApplicationName(APPLICATION);
    source.setAssumeMinServerVersion(OLDEST_SERVER);
    source.setLogServerErrorDetail(false);
    source.setTcpKeepAlive(true);
    int seconds = Math.toIntExact(Math.max(1, settings.patience().toSeconds()));
    source.setConnectTimeout(seconds);
    source.setLoginTimeout(seconds);
    source.setSocketTimeout(2 * seconds + CANCEL_SECONDS); // the server's own limit comes first
    source.setCancelSignalTimeout(CANCEL_SECONDS);
    encrypt(settings, source);
    return source;
  }

  private static void encrypt(PostgresStoreSettings settings, PGSimpleDataSource source) {
    if (!settings.encrypted()) {
      source.setSslMode(SslMode.DISABLE.value);
      return;
    }
    source.setSslMode(SslMode.VERIFY_FULL.value);
    if (settings.rootCertificates().isPresent()) {
      source.setSslRootCert(settings.rootCertificates().get().toString());
    } else {
      source.setSslfactory("org.postgresql.ssl.DefaultJavaSSLFactory");
    }
  }
}
