package dev.connections.core.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.connections.api.ConnectionException;
import dev.connections.api.RowPreview;
import dev.connections.api.StandardErrorCode;
import dev.connections.api.TableName;
import dev.connections.api.TableQuery;
import dev.connections.core.AuditReader;
import dev.connections.core.CallOptions;
import dev.connections.core.Connection;
import dev.connections.core.ConnectionDraft;
import dev.connections.core.ConnectionFilter;
import dev.connections.core.ConnectionUpdate;
import dev.connections.core.Connections;
import dev.connections.core.Consents;
import dev.connections.core.CoreErrorCode;
import dev.connections.core.EarlierConnection;
import dev.connections.core.EarlierConnections;
import dev.connections.core.EarlierImportReport;
import dev.connections.core.FeatureUse;
import dev.connections.core.Health;
import dev.connections.core.History;
import dev.connections.core.ListRequest;
import dev.connections.core.RotationJob;
import dev.connections.core.SecretKeys;
import dev.connections.core.TenantConnections;
import dev.connections.core.access.Actor;
import dev.connections.core.audit.AuditQuery;
import dev.connections.core.health.HealthOptions;
import dev.connections.core.health.HealthReport;
import dev.connections.core.history.HistoryQuery;
import dev.connections.core.importing.ImportListener;
import dev.connections.core.importing.ImportOptions;
import dev.connections.core.secrets.EarlierSecrets;
import dev.connections.testkit.SyntheticSource;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** What an outsider gets of each public method: one row for each. */
final class TenantsApartContractRows {
  /** What holds of one method. */
  interface Row {
    void hold(TenantsApartContractRows by, Method method) throws Exception;
  }

  /** An answer in which nothing of somebody else's may be. */
  private interface Answer {
    Object of(TenantsApartContractRows by) throws Exception;
  }

  static final Map<String, Row> ALL = new TreeMap<>();

  static {
    Row plain = (by, method) -> {}; // has nothing of any tenant
    Row door = (by, method) -> {}; // gives a class that is walked itself
    Row named = TenantsApartContractRows::holdsNamed;
    put("Connections", plain, "builder()", "availableTypes()", "isAvailable(String)");
    put("Connections", plain, "configurationOf(String)", "connectionStringOf(String)");
    put("Connections", plain, "registryProblems()", "close()");
    put("Connections", door, "as(Actor)", "keys(Actor)");
    put(
        "Connections",
        operators(by -> by.connections.cutAudit(by.actor, Instant.now())),
        "cutAudit(Actor, Instant)");
    put("TenantConnections", plain, "actor()");
    put("TenantConnections", door, "history()", "audit()", "health()", "consents()", "earlier()");
    put("TenantConnections", named, "create(ConnectionDraft)", "createTested(ConnectionDraft)");
    put("TenantConnections", named, "createTested(ConnectionDraft, CallOptions)");
    put("TenantConnections", named, "get(String)", "update(String, ConnectionUpdate)");
    put("TenantConnections", named, "delete(String)", "lock(String)", "unlock(String)");
    put("TenantConnections", named, "test(String)", "test(String, CallOptions)");
    put("TenantConnections", named, "test(ConnectionDraft)", "test(ConnectionDraft, CallOptions)");
    put("TenantConnections", named, "listSchemas(String)", "listSchemas(String, CallOptions)");
    put("TenantConnections", named, "listTables(String, TableQuery)");
    put("TenantConnections", named, "listTables(String, TableQuery, CallOptions)");
    put("TenantConnections", named, "getTableMetadata(String, TableName)");
    put("TenantConnections", named, "getTableMetadata(String, TableName, CallOptions)");
    put("TenantConnections", named, "invalidateMetadata(String)", "quotas(String)");
    put(
        "TenantConnections",
        named,
        "previewImport(String)",
        "previewImport(String, ImportOptions)");
    put("TenantConnections", named, "previewImport(String, ImportOptions, CallOptions)");
    put("TenantConnections", named, "importMetadata(String, ImportListener)");
    put("TenantConnections", named, "importMetadata(String, ImportOptions, ImportListener)");
    put(
        "TenantConnections",
        named,
        "importMetadata(String, ImportOptions, ImportListener, CallOptions)",
        "use(String, Class, FeatureUse)",
        "use(String, Class, FeatureUse, CallOptions)");
    put(
        "TenantConnections",
        own(TenantsApartContractRows::listed),
        "list(ConnectionFilter, ListRequest)");
    put("TenantConnections", own(TenantsApartContractRows::counted), "count(ConnectionFilter)");
    put(
        "History",
        own(by -> by.tenant().history().tests(HistoryQuery.ofTests())),
        "tests(HistoryQuery)");
    put(
        "History",
        own(by -> by.tenant().history().imports(HistoryQuery.ofImports())),
        "imports(HistoryQuery)");
    put("AuditReader", own(by -> by.tenant().audit().find(AuditQuery.all())), "find(AuditQuery)");
    put("AuditReader", own(by -> by.tenant().audit().check().cutOff()), "check()");
    put("Health", own(TenantsApartContractRows::checked), "check(HealthOptions)");
    put(
        "Health",
        own(TenantsApartContractRows::checkedAgain),
        "every(HealthOptions, Duration, ScheduledExecutorService, Consumer)");
    put("Consents", named, "begin(String, URI)", "begin(String, URI, CallOptions)");
    put("Consents", named, "complete(URI)", "complete(URI, CallOptions)");
    put("EarlierConnections", own(by -> by.taken(true)), "preview(List, EarlierSecrets)");
    put("EarlierConnections", own(by -> by.taken(false)), "take(List, EarlierSecrets)");
    put("SecretKeys", operators(by -> by.keys().status()), "status()");
    put("SecretKeys", operators(by -> by.keys().addKey()), "addKey()");
    put("SecretKeys", operators(by -> by.keys().rotate().join()), "rotate()");
    put("SecretKeys", operators(by -> by.keys().resume().map(RotationJob::join)), "resume()");
    put("SecretKeys", operators(by -> by.keys().retireFormer()), "retireFormer()");
    put("SecretKeys", operators(by -> by.keys().rewrap()), "rewrap()");
    put(
        "RotationJob",
        operators(by -> by.keys().rotate().join()),
        "join()",
        "future()",
        "cancel()");
    put("RotationJob", operators(by -> by.keys().rotate().progress()), "progress()");
  }

  private final Connections connections;
  private final Actor actor;
  private final SyntheticSource source;
  private final Connection hers;

  TenantsApartContractRows(
      Connections connections, Actor actor, SyntheticSource source, Connection hers) {
    this.connections = connections;
    this.actor = actor;
    this.source = source;
    this.hers = hers;
  }

  private static void put(String door, Row row, String... methods) {
    for (String method : methods) {
      assertThat(ALL.put(door + "." + method, row)).as(method).isNull();
    }
  }

  private static Row own(Answer answer) {
    return (by, method) -> {
      by.holdsAlike(method);
      String text;
      try {
        text = answer.of(by).toString();
      } catch (ConnectionException refused) {
        text = refused.failure().toString();
        assertThat(refused.code().id())
            .as("%s", method)
            .isEqualTo(StandardErrorCode.PERMISSION_DENIED.id());
      }
      assertThat(text)
          .as("%s by %s", method, by.actor)
          .doesNotContain(by.hers.id())
          .doesNotContain(TenantsApartContract.MARK);
    };
  }

  /** The host lets nobody else call it: here it is another account's operator who does. */
  private static Row operators(Answer answer) {
    Row row = own(answer);
    return (by, method) -> {
      if (!by.actor.account().equals(by.hers.ownership().account())) {
        row.hold(by, method);
      }
    };
  }

  private TenantConnections tenant() {
    return connections.as(actor);
  }

  private SecretKeys keys() {
    return connections.keys(actor);
  }

  private Object listed() {
    return tenant()
            .list(ConnectionFilter.all().withText(TenantsApartContract.MARK), ListRequest.first())
        + ""
        + tenant().list(ConnectionFilter.all(), ListRequest.first()).items().stream()
            .map(it -> it.id() + it.description())
            .toList();
  }

  private Object counted() {
    long found = tenant().count(ConnectionFilter.all().withText(TenantsApartContract.MARK));
    assertThat(found).isZero();
    assertThat(tenant().count(ConnectionFilter.all()))
        .isEqualTo(tenant().list(ConnectionFilter.all(), ListRequest.first()).items().size());
    return found;
  }

  private HealthReport checked() {
    return tenant().health().check(HealthOptions.defaults());
  }

  private HealthReport checkedAgain() throws Exception {
    ScheduledExecutorService executor = Executors.newSingleThreadScheduledExecutor();
    try {
      CompletableFuture<HealthReport> first = new CompletableFuture<>();
      tenant()
          .health()
          .every(HealthOptions.defaults(), Duration.ofMillis(1), executor, first::complete);
      return first.get(60, TimeUnit.SECONDS);
    } finally {
      executor.shutdownNow();
      assertThat(executor.awaitTermination(60, TimeUnit.SECONDS)).isTrue();
    }
  }

  /** Her connection's name and another one are the same to somebody who doesn't see hers. */
  private EarlierImportReport.Outcome taken(boolean preview) {
    EarlierImportReport.Outcome one = taken(preview, hers.name());
    assertThat(one).isEqualTo(taken(preview, "Nobody's " + UUID.randomUUID()));
    return one;
  }

  private EarlierImportReport.Outcome taken(boolean preview, String name) {
    List<EarlierConnection> one =
        List.of(new EarlierConnection("synthetic", name, Optional.empty(), "{}"));
    EarlierConnections earlier = tenant().earlier();
    EarlierImportReport report =
        preview
            ? earlier.preview(one, EarlierSecrets.withoutKeys())
            : earlier.take(one, EarlierSecrets.withoutKeys());
    report.rows().get(0).id().ifPresent(made -> tenant().delete(made));
    return report.rows().get(0).outcome();
  }

  /** A call that names her connection fails as one that names none does. */
  private void holdsNamed(Method method) throws Exception {
    String answer = holdsAlike(method);
    boolean byState = method.getName().equals("complete"); // there a state names it
    assertThat(answer)
        .as("%s by %s", method, actor)
        .contains((byState ? CoreErrorCode.NO_SUCH_CONSENT : StandardErrorCode.NOT_FOUND).id());
    if (!byState) {
      assertThat(answer)
          .as("%s by %s", method, actor)
          .contains("The connection 'ID' doesn't exist, or this login may not see it.");
    }
  }

  /** {@return what the method answers to her id, which is what it answers to any other} */
  private String holdsAlike(Method method) throws Exception {
    if (Arrays.stream(method.getParameterTypes()).noneMatch(this::takesId)) {
      return "";
    }
    String forbidden = answer(method, hers.id());
    assertThat(forbidden)
        .as("%s by %s", method, actor)
        .isEqualTo(answer(method, UUID.randomUUID().toString()));
    return forbidden;
  }

  private boolean takesId(Class<?> type) {
    return List.of(
            String.class, ConnectionDraft.class, URI.class, HistoryQuery.class, AuditQuery.class)
        .contains(type);
  }

  private String answer(Method method, String id) throws Exception {
    Object[] arguments =
        Arrays.stream(method.getParameterTypes()).map(type -> argument(method, type, id)).toArray();
    try {
      return "gave " + method.invoke(instance(method.getDeclaringClass()), arguments);
    } catch (InvocationTargetException thrown) {
      assertThat(thrown.getCause()).as("%s", method).isInstanceOf(ConnectionException.class);
      ConnectionException failure = (ConnectionException) thrown.getCause();
      return (failure.failure() + " " + failure.getMessage()).replace(id, "ID");
    }
  }

  private Object instance(Class<?> door) {
    if (door == TenantConnections.class) {
      return tenant();
    }
    if (door == History.class) {
      return tenant().history();
    }
    if (door == AuditReader.class) {
      return tenant().audit();
    }
    if (door == Health.class) {
      return tenant().health();
    }
    if (door == Consents.class) {
      return tenant().consents();
    }
    throw new AssertionError("say how to reach " + door);
  }

  private Object argument(Method method, Class<?> type, String id) {
    if (type == String.class) {
      return id;
    }
    if (type == ConnectionDraft.class) {
      return ConnectionDraft.of("synthetic", "Draft")
          .configuration(source.configuration())
          .basedOn(id);
    }
    if (type == ConnectionUpdate.class) {
      return ConnectionUpdate.at(1).name("Mine now");
    }
    if (type == CallOptions.class) {
      return CallOptions.defaults();
    }
    if (type == TableQuery.class) {
      return TableQuery.of(SyntheticSource.schema(0));
    }
    if (type == TableName.class) {
      return SyntheticSource.table(0, 0);
    }
    if (type == ImportOptions.class) {
      return ImportOptions.all();
    }
    if (type == ImportListener.class) {
      return ImportListener.NONE;
    }
    if (type == Class.class) {
      return RowPreview.class;
    }
    if (type == FeatureUse.class) {
      FeatureUse<Object, Integer, RuntimeException> use = (feature, operation) -> 1;
      return use;
    }
    if (type == HistoryQuery.class) {
      return method.getName().equals("tests")
          ? HistoryQuery.ofTests().connection(id)
          : HistoryQuery.ofImports().connection(id);
    }
    if (type == AuditQuery.class) {
      return AuditQuery.all().connection(id);
    }
    if (type == URI.class) {
      return method.getName().equals("begin")
          ? URI.create("https://app.example.com/back")
          : URI.create("https://app.example.com/back?code=c&state=" + id + ".x");
    }
    throw new AssertionError("say which argument to give for " + type);
  }
}
