package dev.connections.acceptance;

import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import javax.tools.Diagnostic;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;

/**
 * Samples of the documentation, each compiled as the body of a method. What samples take for given,
 * such as the connection they are about, is declared here; a variable or a method of the reader's
 * own that isn't may be anything, so what is called on it isn't checked.
 */
final class CompiledSamples {
  /** A few lines of Java from a page. */
  record Sample(String page, String code) {}

  private static final String GIVEN =
      """
      import static java.util.concurrent.TimeUnit.*;
      import dev.connections.api.*;
      import dev.connections.core.*;
      import dev.connections.core.access.*;
      import dev.connections.core.audit.*;
      import dev.connections.core.forms.*;
      import dev.connections.core.health.*;
      import dev.connections.core.history.*;
      import dev.connections.core.importing.*;
      import dev.connections.core.observe.*;
      import dev.connections.core.secrets.*;
      import dev.connections.core.store.*;
      import dev.connections.core.targets.*;
      import dev.connections.databricks.*;
      import dev.connections.filesystem.*;
      import dev.connections.http.*;
      import dev.connections.mssql.*;
      import dev.connections.postgresql.*;
      import dev.connections.servicenow.*;
      import dev.connections.simulators.*;
      import dev.connections.store.jdbc.*;
      import java.net.URI;
      import java.nio.file.Path;
      import java.time.*;
      import java.util.*;
      import java.util.concurrent.ScheduledExecutorService;

      abstract class Given {
        static <T> T some() { return null; }

        Connections connections = some();
        TenantConnections mine = some();
        Connection files = some();
        Connection lake = some();
        String id = some();
        Actor root = some();
        Actor ada = some();
        Actor operator = some();
        TableName table = some();
        TestResult testResult = some();
        ConnectionFilter filter = some();
        ScheduledExecutorService myScheduledExecutor = some();
        Path path = some();
        Path folder = some();
        Path snapshot = some();
        Path ddl = some();
        Instant monday = some();
        Instant friday = some();

        void log(Object... parts) {}
        void show(Object... parts) {}
      }
      """;

  /** What the samples of a single page take for given, or mean otherwise. */
  private static final Map<String, String> GIVEN_ON_PAGE =
      Map.of(
          "docs/importing.md",
          "MetadataTarget snapshot = some(); ImportReport report = some();",
          "docs/databricks.md",
          "String script = some();",
          "docs/http.md",
          """
          record Row() { static Row of(JsonObject json) { return new Row(); } }
          static final Field<String> ADDRESS = some();
          static final Field<String> USER = some();
          static final Field<Secret> PASSWORD = some();
          static final Field<String> CLIENT_ID = some();
          static final Field<Secret> CLIENT_SECRET = some();
          Configuration configuration = some();
          AdapterContext context = some();
          HttpService service = some();
          Operation operation = some();
          URI tokenEndpoint = some();
          Secret secret = some();
          """,
          "docs/secrets.md",
          "List<EarlierConnection> earlier = some(); byte[] key = some(); String fernetKey ="
              + " some();",
          "docs/simulators.md",
          "ServiceNowSimulator instance = some();",
          "docs/store.md",
          "SqliteStore store = some();",
          "docs/store-postgresql.md",
          "javax.sql.DataSource dataSource = some(); javax.sql.DataSource ownersDataSource ="
              + " some();");

  private static final Pattern LEFT_OUT = Pattern.compile("(?m)^\\s*\\.\\.\\.");
  private static final Pattern THE_READERS_OWN =
      Pattern.compile("symbol: +(variable [a-z]|method \\S+\\s+location: class Sample\\d)");

  private CompiledSamples() {}

  /** What is wrong with samples, each with its page; nothing is written into the directory. */
  static List<String> problems(List<Sample> samples, Path directory) {
    List<JavaFileObject> sources = new ArrayList<>();
    sources.add(source("Given", GIVEN));
    for (int i = 0; i < samples.size(); i++) {
      if (!LEFT_OUT.matcher(samples.get(i).code()).find()) {
        sources.add(source("Sample" + i, asClass("Sample" + i, samples.get(i))));
      }
    }
    DiagnosticCollector<JavaFileObject> found = new DiagnosticCollector<>();
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    List<String> options =
        List.of(
            "-d",
            directory.toString(),
            "-proc:none",
            "-implicit:none",
            "-Xmaxerrs",
            "1000",
            "--release",
            "17",
            "--class-path",
            System.getProperty("java.class.path"));
    compiler.getTask(null, null, found, options, null, sources).call();
    return found.getDiagnostics().stream()
        .filter(problem -> problem.getKind() == Diagnostic.Kind.ERROR)
        .filter(problem -> !THE_READERS_OWN.matcher(problem.getMessage(Locale.ROOT)).find())
        .map(problem -> told(problem, samples))
        .toList();
  }

  private static String told(Diagnostic<? extends JavaFileObject> problem, List<Sample> samples) {
    String page =
        Optional.ofNullable(problem.getSource())
            .map(source -> source.getName().replaceAll("\\D", ""))
            .filter(number -> !number.isEmpty())
            .map(number -> samples.get(Integer.parseInt(number)))
            .map(sample -> sample.page() + ":\n" + sample.code())
            .orElse("what is given");
    return page + problem.getMessage(Locale.ROOT);
  }

  private static String asClass(String name, Sample sample) {
    String code = sample.code().strip();
    String imports = GIVEN.substring(0, GIVEN.indexOf("abstract class"));
    return imports
        + ("abstract class " + name + " extends Given {\n")
        + GIVEN_ON_PAGE.getOrDefault(sample.page(), "")
        + "\nvoid sample() throws Exception {\n"
        + code.replaceAll("(?<![;}/])\\z", ";")
        + "\n}\n}\n"
        + "}".repeat((int) Math.max(0, count(code, '{') - count(code, '}')));
  }

  /** A sample may leave it to the reader how a block goes on. */
  private static long count(String code, char brace) {
    return code.chars().filter(c -> c == brace).count();
  }

  private static JavaFileObject source(String name, String text) {
    return new SimpleJavaFileObject(
        URI.create("string:///" + name + ".java"), JavaFileObject.Kind.SOURCE) {
      @Override
      public CharSequence getCharContent(boolean ignoreEncodingErrors) {
        return text;
      }
    };
  }
}
