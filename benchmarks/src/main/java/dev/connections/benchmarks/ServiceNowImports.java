package dev.connections.benchmarks;

import dev.connections.api.ChangeMarker;
import dev.connections.api.ConfigurationValues;
import dev.connections.api.ConnectionAdapter;
import dev.connections.api.ConnectionAdapterProvider;
import dev.connections.api.Failure;
import dev.connections.api.ImportEnd;
import dev.connections.api.MetadataSink;
import dev.connections.api.Secret;
import dev.connections.api.TableInfo;
import dev.connections.api.TableMetadata;
import dev.connections.api.TableName;
import dev.connections.testkit.TestAdapterContext;
import dev.connections.testkit.TestOperation;
import dev.connections.testkit.TestSelection;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.ServiceLoader;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.LongAdder;
import java.util.zip.GZIPInputStream;

/**
 * The process with the small heap: imports, downloads the same pages bare, and asks table by table.
 * Prints three times in nanoseconds and the number of calls of one import.
 */
final class ServiceNowImports {
  private static final int TABLES = 5_000;
  private static final int ASKED_ONE_BY_ONE = 40;
  private static final int DEPTH = 4;

  private final String url;
  private final String user;
  private final String password;
  private final HttpClient bare = HttpClient.newHttpClient();

  private ServiceNowImports(String url, String user, String password) {
    this.url = url;
    this.user = user;
    this.password = password;
  }

  public static void main(String[] arguments) throws Exception {
    ServiceNowImports imports = new ServiceNowImports(arguments[1], arguments[2], arguments[3]);
    long[] found =
        switch (arguments[0]) {
          case "whole" -> imports.whole();
          case "some" -> imports.some();
          default -> imports.unchanged();
        };
    System.out.println(found[0] + " " + found[1] + " " + found[2] + " " + found[3]);
    System.exit(0); // the bare client's threads live on
  }

  private long[] whole() throws Exception {
    LongAdder calls = new LongAdder();
    long ours = Timing.best(() -> calls.add(imported(TestSelection.everything(), "").calls), 1, 3);
    long download = Timing.best(this::pages, 1, 3);
    long oneByOne = Timing.best(this::someOneByOne, 0, 1) * (TABLES / ASKED_ONE_BY_ONE);
    return new long[] {ours, download, oneByOne, calls.sum() / 4};
  }

  private long[] some() {
    Done done = imported(TestSelection.everything(), ".*00[0-9]5[0-9]");
    if (done.tables != 100) {
      throw new IllegalStateException("not a hundred tables: " + done.tables);
    }
    return new long[] {0, 0, 0, done.calls};
  }

  private long[] unchanged() {
    ChangeMarker marker =
        ((ImportEnd.Done) imported(TestSelection.everything(), "").end).marker().orElseThrow();
    Done again = imported(TestSelection.everything().since(marker), "");
    if (!(again.end instanceof ImportEnd.Unchanged)) {
      throw new IllegalStateException("something changed");
    }
    return new long[] {0, 0, 0, again.calls};
  }

  private record Done(ImportEnd end, long tables, long calls) {}

  private Done imported(TestSelection selection, String only) {
    ConnectionAdapterProvider provider =
        ServiceLoader.load(ConnectionAdapterProvider.class).stream()
            .map(ServiceLoader.Provider::get)
            .filter(found -> found.type().isNamed("servicenow"))
            .findFirst()
            .orElseThrow();
    ConfigurationValues values =
        ConfigurationValues.empty()
            .with("instance_url", url)
            .with("authentication.username", user)
            .with("authentication.password", Secret.of(password));
    TestAdapterContext context = TestAdapterContext.create();
    LongAdder tables = new LongAdder();
    try (ConnectionAdapter adapter =
        provider.open(provider.configuration().bind(values), context)) {
      ImportEnd end =
          adapter.importMetadata(
              selection, new Counting(tables, only), TestOperation.within(Duration.ofMinutes(5)));
      if (only.isEmpty() && end instanceof ImportEnd.Done && tables.sum() != TABLES) {
        throw new IllegalStateException("tables are missing: " + tables.sum());
      }
      return new Done(end, tables.sum(), context.totalCalls());
    }
  }

  private record Counting(LongAdder tables, String only) implements MetadataSink {
    @Override
    public Decision listed(TableInfo table) {
      return only.isEmpty() || table.name().table().matches(only) ? Decision.READ : Decision.SKIP;
    }

    @Override
    public void table(TableMetadata table) {
      tables.increment();
    }

    @Override
    public void failed(TableName table, Failure failure) {
      throw failure.asException();
    }
  }

  /** The pages that an import reads, in the same size, by four workers, thrown away. */
  private void pages() throws Exception {
    List<String> pages = new ArrayList<>();
    pages.add(page("sys_db_object", "ORDERBYsys_id", 0));
    for (int offset = 0; offset < 100_000; offset += 10_000) {
      pages.add(page("sys_dictionary", "active=true^elementISNOTEMPTY^ORDERBYsys_id", offset));
    }
    pages.add(page("sys_db_view", "ORDERBYsys_id", 0));
    pages.add(page("sys_dictionary_override", "ORDERBYsys_id", 0));
    pages.add(page("sys_glide_object", "ORDERBYsys_id", 0));
    ExecutorService workers = Executors.newFixedThreadPool(4);
    try {
      List<Future<Long>> all = new ArrayList<>();
      pages.forEach(page -> all.add(workers.submit(() -> bytes(page))));
      for (Future<Long> one : all) {
        one.get();
      }
    } finally {
      workers.shutdown();
    }
  }

  private String page(String table, String query, int offset) {
    String fields =
        table.equals("sys_dictionary")
            ? "sys_id,name,element,column_label,internal_type,max_length,reference,mandatory,primary,"
                + "unique,display,read_only,virtual,array,default_value,attributes,comments,"
                + "sys_updated_on"
            : "sys_id,name,label,super_class,super_class.name,sys_scope.scope,sys_updated_on";
    return table
        + "?sysparm_limit=10000&sysparm_offset="
        + offset
        + "&sysparm_exclude_reference_link=true&sysparm_fields="
        + fields
        + "&sysparm_query="
        + URLEncoder.encode(query, StandardCharsets.UTF_8);
  }

  /** The usual way: the table, then its columns, then the same for each table it extends. */
  private void someOneByOne() throws Exception {
    for (int table = 0; table < ASKED_ONE_BY_ONE; table++) {
      for (int ancestor = 0; ancestor < DEPTH / 2; ancestor++) {
        bytes(named("sys_db_object", table));
        bytes(named("sys_dictionary", table));
      }
    }
  }

  private static String named(String table, int number) {
    return table + "?sysparm_query=name%3Du_table_" + String.format("%05d", number);
  }

  private long bytes(String page) throws IOException, InterruptedException {
    String credentials = user + ":" + password;
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(url + "/api/now/table/" + page))
            .header("Accept", "application/json")
            .header("Accept-Encoding", "gzip")
            .header(
                "Authorization",
                "Basic "
                    + Base64.getEncoder()
                        .encodeToString(credentials.getBytes(StandardCharsets.UTF_8)))
            .build();
    HttpResponse<InputStream> response =
        bare.send(request, HttpResponse.BodyHandlers.ofInputStream());
    boolean packed = response.headers().firstValue("Content-Encoding").orElse("").equals("gzip");
    try (InputStream body = response.body();
        InputStream plain = packed ? new GZIPInputStream(body) : body) {
      return plain.transferTo(java.io.OutputStream.nullOutputStream());
    }
  }
}
