package dev.connections.core.internal.registry;

import static org.assertj.core.api.Assertions.assertThat;

import dev.connections.api.ConnectionAdapterProvider;
import dev.connections.api.ConnectionType;
import dev.connections.core.RegistryProblem;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Real jars with real providers, whole and broken, are looked for by a real class loader. */
class DiscoveryTest {
  private static final String SERVICES =
      "META-INF/services/" + ConnectionAdapterProvider.class.getName();

  @TempDir Path directory;
  private final List<URL> jars = new ArrayList<>();
  private final List<URLClassLoader> loaders = new ArrayList<>();

  @AfterEach
  void close() throws IOException {
    for (URLClassLoader loader : loaders) {
      loader.close();
    }
  }

  private AdapterRegistry search(ConnectionAdapterProvider... given) {
    URLClassLoader loader =
        new URLClassLoader(jars.toArray(new URL[0]), getClass().getClassLoader());
    loaders.add(loader);
    return AdapterRegistry.of(Arrays.asList(given), Optional.of(loader));
  }

  /** Compiles a provider {@code plugin.NAME} whose body is given and puts it into a jar. */
  private void jar(String name, String services, String... bodies) throws IOException {
    Path classes = Files.createDirectories(directory.resolve(name));
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "-proc:none",
                "-cp",
                System.getProperty("java.class.path"),
                "-d",
                classes.toString()));
    for (String body : bodies) {
      String type = body.substring(0, body.indexOf(' '));
      Path source = directory.resolve(name + type + ".java");
      Files.writeString(
          source,
          "package plugin; import dev.connections.api.*; class "
              + type
              + "Home {} "
              + body.substring(body.indexOf(' ')));
      Path home = Files.createDirectories(directory.resolve("src-" + name)).resolve(type + ".java");
      Files.move(source, home);
      arguments.add(home.toString());
    }
    if (bodies.length > 0) {
      ByteArrayOutputStream said = new ByteArrayOutputStream();
      int result =
          ToolProvider.getSystemJavaCompiler()
              .run(InputStream.nullInputStream(), said, said, arguments.toArray(new String[0]));
      assertThat(result).as(said.toString(StandardCharsets.UTF_8)).isZero();
    }
    Path jar = directory.resolve(name + ".jar");
    try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar))) {
      out.putNextEntry(new JarEntry(SERVICES));
      new ByteArrayInputStream(services.getBytes(StandardCharsets.UTF_8)).transferTo(out);
      try (var files = Files.walk(classes)) {
        for (Path file : files.filter(Files::isRegularFile).toList()) {
          out.putNextEntry(new JarEntry(classes.relativize(file).toString().replace('\\', '/')));
          Files.copy(file, out);
        }
      }
    }
    jars.add(jar.toUri().toURL());
  }

  private static String provider(String type, String members) {
    return type
        + " public class "
        + type
        + " implements ConnectionAdapterProvider { "
        + members
        + " public ConfigurationSpec configuration() { return"
        + " ConfigurationSpec.version(1).build(); }"
        + " public ConnectionAdapter open(Configuration c, AdapterContext x) {"
        + " throw new AssertionError(); } }";
  }

  private static String typed(String id) {
    return "public ConnectionType type() { return ConnectionType.of(\""
        + id
        + "\", \""
        + id
        + "\", ConnectionType.Family.OTHER).build(); }";
  }

  @Test
  void plugins_in_jars_are_found() throws IOException {
    jar("one", "plugin.One\n", provider("One", typed("one")));
    jar("two", "# a comment\nplugin.Two # another\n\n", provider("Two", typed("two")));
    AdapterRegistry registry = search();
    assertThat(registry.problems()).isEmpty();
    assertThat(registry.availableTypes()).extracting(ConnectionType::id).contains("one", "two");
  }

  @Test
  void broken_plugins_between_whole_ones_are_told_and_hide_nobody() throws IOException {
    jar("first", "plugin.First", provider("First", typed("first")));
    jar(
        "throwing",
        "plugin.Throwing",
        provider(
            "Throwing",
            "public Throwing() { throw new IllegalStateException(\"password=hunter2\"); }"
                + typed("throwing")));
    jar(
        "initialising",
        "plugin.Initialising",
        provider(
            "Initialising",
            "static final int ZERO = Integer.parseInt(\"hunter2\");" + typed("initialising")));
    jar("absent", "plugin.Absent\n");
    jar("other", "plugin.Other\n", "Other public class Other {}");
    jar("syntax", "this is no class name\n");
    jar("hidden", "plugin.Hidden\n", provider("Hidden", "private Hidden() { }" + typed("hidden")));
    jar(
        "linkage",
        "plugin.Linkage\n",
        provider(
            "Linkage",
            "public Gone gone() { return null; }"
                + typed("linkage")
                + " public java.util.Set<Class<?>> features() { return new Gone().set(); }"),
        "Gone public class Gone { java.util.Set<Class<?>> set() { return java.util.Set.of(); } }");
    removeFromJar("linkage", "plugin/Gone.class");
    jar("last", "plugin.Last", provider("Last", typed("last")));

    AdapterRegistry registry = search();
    assertThat(registry.availableTypes())
        .extracting(ConnectionType::id)
        .contains("first", "last")
        .doesNotContain("throwing", "initialising", "hidden", "linkage");
    assertThat(registry.problems()).hasSize(7);
    assertThat(registry.problems())
        .allSatisfy(
            problem -> {
              assertThat(problem.failure().message()).doesNotContain("hunter2");
              assertThat(problem.failure().remedy()).isPresent();
            });
    assertThat(message(registry, "plugin.Throwing"))
        .isEqualTo(
            "The plugin plugin.Throwing (throwing.jar) can't be used: it failed to describe itself"
                + " (IllegalStateException).");
    assertThat(message(registry, "plugin.Initialising")).contains("ExceptionInInitializerError");
    assertThat(message(registry, "plugin.Absent"))
        .isEqualTo(
            "A plugin's list of providers names plugin.Absent, that can't be loaded as one.");
    assertThat(message(registry, "plugin.Other")).contains("names plugin.Other,");
    assertThat(message(registry, "plugin.Hidden")).contains("names plugin.Hidden");
    assertThat(message(registry, "plugin.Linkage"))
        .contains("(linkage.jar) doesn't fit what it is installed beside (NoClassDefFoundError)");
    assertThat(registry.problems())
        .filteredOn(problem -> problem.provider().isEmpty())
        .extracting(problem -> problem.failure().message())
        .containsExactly(
            "A plugin's list of providers names something that can't be loaded as one.");
  }

  private void removeFromJar(String name, String entry) throws IOException {
    Path jar = directory.resolve(name + ".jar");
    try (var zip = java.nio.file.FileSystems.newFileSystem(jar)) {
      Files.delete(zip.getPath(entry));
    }
  }

  private static String message(AdapterRegistry registry, String provider) {
    return registry.problems().stream()
        .filter(problem -> problem.provider().orElse("").startsWith(provider))
        .map(RegistryProblem::failure)
        .findFirst()
        .orElseThrow(() -> new AssertionError("no problem of " + provider))
        .message();
  }

  @Test
  void two_jars_with_one_type_are_both_named() throws IOException {
    jar("mine-1.0", "plugin.Mine", provider("Mine", typed("clash")));
    jar("yours-2.0", "plugin.Yours", provider("Yours", typed("clash")));
    AdapterRegistry registry = search();
    assertThat(registry.isAvailable("clash")).isFalse();
    assertThat(registry.problems())
        .singleElement()
        .satisfies(
            problem ->
                assertThat(problem.failure().message())
                    .isEqualTo(
                        "The connection type clash is offered by several plugins: plugin.Mine"
                            + " (mine-1.0.jar), plugin.Yours (yours-2.0.jar)."));
  }

  @Test
  void a_provider_that_the_host_handed_over_is_not_found_again() throws Exception {
    jar("one", "plugin.One\n", provider("One", typed("one")));
    URLClassLoader loader =
        new URLClassLoader(jars.toArray(new URL[0]), getClass().getClassLoader());
    loaders.add(loader);
    ConnectionAdapterProvider given =
        (ConnectionAdapterProvider) loader.loadClass("plugin.One").getConstructor().newInstance();
    AdapterRegistry registry = AdapterRegistry.of(List.of(given), Optional.of(loader));
    assertThat(registry.problems()).isEmpty();
    assertThat(registry.require("one").provider()).isSameAs(given);
  }

  @Test
  void the_same_plugin_in_two_class_loaders_is_told_with_both_places() throws Exception {
    jar("one", "plugin.One\n", provider("One", typed("one")));
    List<ConnectionAdapterProvider> both = new ArrayList<>();
    Path copy = Files.createDirectories(directory.resolve("copy")).resolve("one.jar");
    Files.copy(directory.resolve("one.jar"), copy);
    for (URL jar : List.of(jars.get(0), copy.toUri().toURL())) {
      URLClassLoader loader = new URLClassLoader(new URL[] {jar}, getClass().getClassLoader());
      loaders.add(loader);
      both.add(
          (ConnectionAdapterProvider)
              loader.loadClass("plugin.One").getConstructor().newInstance());
    }
    AdapterRegistry registry = AdapterRegistry.of(both, Optional.empty());
    assertThat(registry.problems().get(0).failure().message())
        .contains("/copy/one.jar")
        .contains(directory.getFileName() + "/one.jar");
  }

  @Test
  void a_class_without_a_place_is_told_by_its_name() {
    assertThat(Origin.of(String.class).brief()).isEqualTo("java.lang.String");
    assertThat(Origin.of(String.class).full()).isEqualTo("java.lang.String");
    Origin nested = new Origin("a.B", URI.create("jar:file:/app.jar!/lib/b.jar!/").toString());
    assertThat(nested.brief()).isEqualTo("a.B (b.jar)");
  }

  @Test
  void a_search_that_only_fails_ends() throws IOException {
    StringBuilder absent = new StringBuilder();
    for (int i = 0; i < 3_000; i++) {
      absent.append("plugin.Absent").append(i).append('\n');
    }
    jar("absent", absent.toString());
    assertThat(search().problems()).hasSize(1_000);
  }
}
