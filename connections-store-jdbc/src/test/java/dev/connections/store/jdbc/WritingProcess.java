package dev.connections.store.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** A process that stores connections and says which, until it has stored enough or is killed. */
final class WritingProcess {
  static final long WITHOUT_END = Long.MAX_VALUE;

  private static final String HOST = "dev.connections.store.host.WritingHost";
  private static final int ID_LENGTH = 36;
  static final int KILLED = 128 + 9;

  private final Process process;
  private final Path errors;

  private WritingProcess(Process process, Path errors) {
    this.process = process;
    this.errors = errors;
  }

  /** Of a store in a file, or, given port, database, role and password, on a server. */
  static WritingProcess start(Path errors, long count, List<String> store) throws IOException {
    return start(errors, List.of("-cp", classPath()), count, store);
  }

  /** With everything but the tests on the module path. */
  static WritingProcess startAsModule(Path errors, long count, List<String> store)
      throws IOException {
    List<String> options =
        List.of(
            "--module-path",
            entries(entry -> !entry.endsWith("test-classes") && !isForTests(entry)),
            "--add-modules",
            "dev.connections.store.jdbc,com.zaxxer.hikari",
            "-cp",
            entries(entry -> entry.endsWith("test-classes")));
    return start(errors, options, count, store);
  }

  private static WritingProcess start(
      Path errors, List<String> options, long count, List<String> store) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-Xshare:auto", "-XX:TieredStopAtLevel=1"));
    command.addAll(options);
    command.addAll(List.of(HOST, Long.toString(count)));
    command.addAll(store);
    return new WritingProcess(
        new ProcessBuilder(command)
            .redirectError(ProcessBuilder.Redirect.appendTo(errors.toFile()))
            .start(),
        errors);
  }

  /** Another host than the one that writes; what it says goes to a file. */
  static Process host(String name, Path said, List<String> arguments) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-Xshare:auto", "-XX:TieredStopAtLevel=1", "-cp", classPath()));
    command.add("dev.connections.store.host." + name);
    command.addAll(arguments);
    return new ProcessBuilder(command)
        .redirectErrorStream(true)
        .redirectOutput(said.toFile())
        .start();
  }

  private static String classPath() {
    return System.getProperty("java.class.path");
  }

  private static boolean isForTests(String entry) {
    return entry.endsWith("-tests.jar") || entry.contains("archunit") || entry.contains("embedded");
  }

  private static String entries(Predicate<String> wanted) {
    return Arrays.stream(classPath().split(File.pathSeparator))
        .filter(wanted)
        .filter(entry -> new File(entry).exists())
        .collect(Collectors.joining(File.pathSeparator));
  }

  /** Kills it after so many acknowledgements. {@return all it has acknowledged} */
  Set<String> killedAfter(int acknowledgements) throws IOException, InterruptedException {
    Set<String> acknowledged = new HashSet<>();
    try (BufferedReader said = process.inputReader(StandardCharsets.UTF_8)) {
      for (int i = 0; i < acknowledgements; i++) {
        String id = said.readLine();
        assertThat(id).as("the process ended by itself").isNotNull();
        acknowledged.add(id);
      }
      process.toHandle().destroyForcibly(); // unlike the process's own, it leaves what was said
      process.waitFor();
      said.lines().filter(id -> id.length() == ID_LENGTH).forEach(acknowledged::add);
    }
    assertThat(process.exitValue()).isEqualTo(KILLED);
    return acknowledged;
  }

  /** {@return all that it said until it ended, well} */
  List<String> saidToTheEnd() throws IOException, InterruptedException {
    List<String> said = process.inputReader(StandardCharsets.UTF_8).lines().toList();
    assertThat(process.waitFor()).as(Files.readString(errors)).isZero();
    return said;
  }
}
