package dev.connections.store.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.File;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class MissingDriverTest {
  @TempDir Path directory;

  private static URL[] withoutDriver() throws MalformedURLException {
    List<URL> entries = new ArrayList<>();
    for (String entry : System.getProperty("java.class.path").split(File.pathSeparator)) {
      if (!entry.contains("sqlite-jdbc")) {
        entries.add(Path.of(entry).toUri().toURL());
      }
    }
    return entries.toArray(URL[]::new);
  }

  @Test
  void a_host_without_the_driver_is_told_which_library_to_add() throws Exception {
    try (URLClassLoader loader =
        new URLClassLoader(withoutDriver(), ClassLoader.getPlatformClassLoader())) {
      Method at = loader.loadClass(SqliteStore.class.getName()).getMethod("at", Path.class);
      assertThatThrownBy(() -> at.invoke(null, directory.resolve("connections.db")))
          .isInstanceOf(InvocationTargetException.class)
          .satisfies(
              thrown ->
                  assertThat(thrown.getCause().toString())
                      .contains("DRIVER_MISSING")
                      .contains("SQLite"));
    }
  }
}
