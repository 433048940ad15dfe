package dev.connections.servicenow.internal;

import dev.connections.api.AdapterContext;
import dev.connections.api.CallLimits;
import dev.connections.api.Configuration;
import dev.connections.api.ConnectionAdapter;
import dev.connections.api.ConsentFlow;
import dev.connections.api.ImportEnd;
import dev.connections.api.ImportSelection;
import dev.connections.api.MetadataSink;
import dev.connections.api.Operation;
import dev.connections.api.Page;
import dev.connections.api.SchemaInfo;
import dev.connections.api.StandardFailures;
import dev.connections.api.TableInfo;
import dev.connections.api.TableMetadata;
import dev.connections.api.TableName;
import dev.connections.api.TableQuery;
import dev.connections.api.TestResult;
import dev.connections.http.HttpService;
import dev.connections.http.SignInFields;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;

/** One ServiceNow instance. Safe for any thread. */
final class ServiceNowAdapter implements ConnectionAdapter {
  /** Whoever browses asks for schemas, tables and one table in a row: the list is read once. */
  private static final Duration KEPT_FOR_BROWSING = Duration.ofSeconds(30);

  private final AdapterContext context;
  private final HttpService service;
  private final TableApi api;
  private final DictionaryReader reader;
  private final Optional<FirstRows> preview;
  private final Optional<ConsentFlow> consent;
  private volatile Optional<Seen> seen = Optional.empty();

  private record Seen(Tables tables, DictionaryReader.Findings findings, Instant until) {}

  ServiceNowAdapter(Configuration configuration, AdapterContext context) {
    this(configuration, context, Pager.LARGEST);
  }

  ServiceNowAdapter(Configuration configuration, AdapterContext context, int largestPage) {
    this.context = context;
    CallLimits limits =
        CallLimits.parallel(Pager.WORKERS).withTimeout(configuration.get(ServiceNowFields.TIMEOUT));
    CallLimits budgeted =
        configuration
            .find(ServiceNowFields.RATE_LIMIT)
            .map(calls -> limits.withRate(calls, Duration.ofHours(1)))
            .orElse(limits);
    HttpService open = HttpService.open(Instance.settings(configuration), budgeted, context);
    InstanceFailures failures =
        new InstanceFailures(
            open.failures(), context.clock(), SignInFields.byPassword(configuration));
    this.consent = Instance.consent(open, configuration, context);
    this.service = Instance.signing(open, configuration, context).judging(failures);
    this.api = new TableApi(service, failures, ServiceNowFields.path(configuration).orElseThrow());
    this.reader =
        new DictionaryReader(
            new Pager(api, context.parallel(), largestPage),
            context.parallel(),
            new DictionaryReader.Options(
                configuration.get(ServiceNowFields.SCHEMAS),
                configuration.get(ServiceNowFields.CHOICES),
                configuration.find(ServiceNowFields.LANGUAGE)));
    this.preview =
        configuration.get(ServiceNowFields.PREVIEW)
            ? Optional.of(new FirstRows(this, api, configuration.get(ServiceNowFields.PAGE_SIZE)))
            : Optional.empty();
  }

  @Override
  public TestResult test(Operation operation) {
    return new ServiceNowCheck(api, service.during(operation)).run();
  }

  @Override
  public List<SchemaInfo> listSchemas(Operation operation) {
    return browsed(service.during(operation)).tables().schemas().stream()
        .map(SchemaInfo::of)
        .toList();
  }

  @Override
  public Page<TableInfo> listTables(TableQuery query, Operation operation) {
    Seen browsed = browsed(service.during(operation));
    if (!browsed.tables().schemas().contains(query.schema())) {
      throw StandardFailures.notFound("schema", query.schema().display()).asException();
    }
    String part = query.nameContains().orElse("").toLowerCase(Locale.ROOT);
    List<TableInfo> matching =
        browsed.tables().rows().stream()
            .map(row -> browsed.tables().info(row))
            .filter(info -> info.name().schema().equals(query.schema()))
            .filter(info -> info.name().table().toLowerCase(Locale.ROOT).contains(part))
            .toList();
    List<TableInfo> left =
        matching.stream()
            .filter(info -> info.name().table().compareTo(query.pageToken().orElse("")) > 0)
            .toList();
    List<TableInfo> page = left.subList(0, Math.min(query.limit(), left.size()));
    Optional<String> next =
        page.size() == left.size()
            ? Optional.empty()
            : Optional.of(page.get(page.size() - 1).name().table());
    return new Page<>(page, next, OptionalLong.of(matching.size()), browsed.findings().notices());
  }

  @Override
  public TableMetadata getTableMetadata(TableName table, Operation operation) {
    Operation call = service.during(operation);
    Seen browsed = browsed(call);
    TableRow row =
        browsed
            .tables()
            .find(table)
            .orElseThrow(() -> StandardFailures.notFound("table", table.display()).asException());
    DictionaryReader.Findings findings = new DictionaryReader.Findings();
    Dictionary dictionary =
        reader.dictionary(
            new DictionaryReader.Wanted(
                browsed.tables().names(),
                Optional.of(new HashSet<>(browsed.tables().line(row).names()))),
            findings,
            call);
    return new TableReader(browsed.tables(), dictionary, findings.notices())
        .read(row)
        .orElseThrow(() -> TableReader.noColumn(row).asException());
  }

  private Seen browsed(Operation operation) {
    Instant now = context.clock().instant();
    Optional<Seen> before = seen.filter(kept -> now.isBefore(kept.until()));
    if (before.isPresent()) {
      return before.get();
    }
    DictionaryReader.Findings findings = new DictionaryReader.Findings();
    Tables tables = reader.tables(findings, operation);
    Seen read = new Seen(tables, findings, context.clock().instant().plus(KEPT_FOR_BROWSING));
    seen = Optional.of(read);
    return read;
  }

  @Override
  public ImportEnd importMetadata(
      ImportSelection selection, MetadataSink sink, Operation operation) {
    return new ServiceNowImport(api, reader, selection, sink, service.during(operation)).run();
  }

  @Override
  public <T> Optional<T> as(Class<T> feature) {
    return Stream.concat(preview.stream(), consent.stream())
        .filter(feature::isInstance)
        .map(feature::cast)
        .findFirst();
  }

  /** {@return an operation that ends with this adapter too} */
  Operation during(Operation operation) {
    return service.during(operation);
  }

  @Override
  public void close() {
    service.close();
  }
}
