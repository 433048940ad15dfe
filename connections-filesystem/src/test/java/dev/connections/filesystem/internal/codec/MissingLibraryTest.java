package dev.connections.filesystem.internal.codec;

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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MissingLibraryTest {
  @ParameterizedTest
  @ValueSource(strings = {"SNAPPY", "LZ4", "LZO", "ZSTD"})
  void a_host_without_the_library_is_told_which_one_to_add(String codec) throws Exception {
    assertThatThrownBy(() -> unfold(codec))
        .satisfies(
            thrown ->
                assertThat(String.valueOf(thrown.getMessage()))
                    .contains("needs a library")
                    .doesNotContain("airlift.compress"));
  }

  @Test
  void blocks_that_the_jdk_reads_need_no_library() throws Exception {
    assertThat(unfold("NONE")).isEqualTo(new byte[] {1, 2, 3});
  }

  private static Object unfold(String codec) throws Exception {
    try (URLClassLoader loader =
        new URLClassLoader(withoutLibrary(), ClassLoader.getPlatformClassLoader())) {
      Class<?> type = loader.loadClass(BlockCodec.class.getName());
      Method valueOf = type.getMethod("valueOf", String.class);
      Method unfold =
          type.getMethod("unfold", byte[].class, int.class, int.class, int.class, String.class);
      try {
        return unfold.invoke(
            valueOf.invoke(null, codec), new byte[] {1, 2, 3}, 0, 3, 100, "some.orc");
      } catch (InvocationTargetException e) {
        throw (Exception) e.getCause();
      }
    }
  }

  private static URL[] withoutLibrary() throws MalformedURLException {
    List<URL> entries = new ArrayList<>();
    for (String entry : System.getProperty("java.class.path").split(File.pathSeparator)) {
      if (!entry.contains("aircompressor")) {
        entries.add(Path.of(entry).toUri().toURL());
      }
    }
    return entries.toArray(URL[]::new);
  }
}
