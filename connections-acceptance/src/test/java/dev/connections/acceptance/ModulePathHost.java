package dev.connections.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.io.StringWriter;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;

/**
 * A host of its own, compiled and run on the module path: it sees what modules export and nothing
 * else.
 */
final class ModulePathHost {
  private static final String MODULE = "acceptance.host";

  private final Path classes;

  private ModulePathHost(Path classes) {
    this.classes = classes;
  }

  /** What a run of the host printed, and how it ended. */
  record Run(int exit, String output) {}

  /** Compiles a host; the test fails with the compiler's words if it doesn't compile. */
  static ModulePathHost compile(Path into, List<String> requires, String main) {
    StringWriter said = new StringWriter();
    assertThat(compiles(into, requires, main, said)).as(said.toString()).isTrue();
    return new ModulePathHost(into);
  }

  static boolean compiles(Path into, List<String> requires, String main, StringWriter said) {
    StringBuilder module = new StringBuilder("module " + MODULE + " {\n");
    requires.forEach(name -> module.append("  requires ").append(name).append(";\n"));
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    return compiler
        .getTask(
            said,
            null,
            null,
            List.of(
                "-d",
                into.toString(),
                "--release",
                "17",
                "--module-path",
                modulePath(),
                "--class-path",
                ""),
            null,
            List.of(
                source("module-info", module.append("}\n").toString()),
                source("acceptance.host.Main", "package acceptance.host;\n" + main)))
        .call();
  }

  private static JavaFileObject source(String name, String text) {
    return new SimpleJavaFileObject(
        URI.create("string:///" + name.replace('.', '/') + ".java"), JavaFileObject.Kind.SOURCE) {
      @Override
      public CharSequence getCharContent(boolean ignoreEncodingErrors) {
        return text;
      }
    };
  }

  /** Runs the host with every module resolved, whether it requires them or not. */
  Run run(String... arguments) throws IOException, InterruptedException {
    return runOn(modulePath(), arguments);
  }

  /** Runs the host without some jars on the module path, each told by the begin of its name. */
  Run runWithout(List<String> jars, String... arguments) throws IOException, InterruptedException {
    List<String> left =
        entries().stream()
            .filter(entry -> jars.stream().noneMatch(jar -> isOf(entry, jar)))
            .toList();
    assertThat(left).as("what is left out is there otherwise").hasSizeLessThan(entries().size());
    return runOn(String.join(File.pathSeparator, left), arguments);
  }

  /** A jar of Maven's repository, or the classes of a module of ours. */
  private static boolean isOf(String entry, String name) {
    Path path = Path.of(entry);
    return path.getFileName().toString().startsWith(name)
        || entry.contains(File.separator + name + File.separator + "target");
  }

  private Run runOn(String modulePath, String... arguments)
      throws IOException, InterruptedException {
    Path java = Path.of(System.getProperty("java.home"), "bin", "java");
    List<String> command =
        new ArrayList<>(
            List.of(
                java.toString(),
                "--module-path",
                modulePath + File.pathSeparator + classes,
                "--add-modules",
                "ALL-MODULE-PATH",
                "-m",
                MODULE + "/acceptance.host.Main"));
    command.addAll(Arrays.asList(arguments));
    Path output = Files.createTempFile("module-path-host", ".txt");
    try {
      Process process =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(output.toFile())
              .start();
      if (!process.waitFor(2, TimeUnit.MINUTES)) {
        process.destroyForcibly();
        throw new AssertionError("the host hangs: " + Files.readString(output));
      }
      return new Run(process.exitValue(), Files.readString(output, StandardCharsets.UTF_8));
    } finally {
      Files.delete(output);
    }
  }

  /**
   * Everything on this test's class path but its own classes and what only checks code. Maven gives
   * the modules as jars in "verify" and as directories in "test"; both are modules.
   */
  static String modulePath() {
    return String.join(File.pathSeparator, entries());
  }

  private static List<String> entries() {
    return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
        .filter(entry -> !entry.contains("test-classes") && !entry.endsWith("-tests.jar"))
        .filter(entry -> !Path.of(entry).getFileName().toString().startsWith("archunit"))
        // For the class path only, says the simulators' module.
        .filter(entry -> !entry.contains("connections-simulators") && !entry.contains("wiremock"))
        .filter(entry -> new File(entry).exists())
        .toList();
  }

  /** The names of our own modules that are on the module path. */
  static List<String> ourModules() {
    return java.lang.module.ModuleFinder.of(entries().stream().map(Path::of).toArray(Path[]::new))
        .findAll()
        .stream()
        .map(module -> module.descriptor().name())
        .filter(name -> name.startsWith("dev.connections."))
        .map(name -> name.toLowerCase(Locale.ROOT))
        .sorted()
        .toList();
  }
}
