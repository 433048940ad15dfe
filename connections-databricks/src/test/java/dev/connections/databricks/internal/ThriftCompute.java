package dev.connections.databricks.internal;

import com.databricks.internal.apache.thrift.TException;
import com.databricks.internal.apache.thrift.protocol.TBinaryProtocol;
import com.databricks.internal.apache.thrift.transport.TMemoryBuffer;
import com.databricks.internal.apache.thrift.transport.TMemoryInputTransport;
import com.databricks.jdbc.model.client.thrift.generated.TCLIService;
import com.databricks.jdbc.model.client.thrift.generated.TCancelOperationReq;
import com.databricks.jdbc.model.client.thrift.generated.TCancelOperationResp;
import com.databricks.jdbc.model.client.thrift.generated.TCloseOperationResp;
import com.databricks.jdbc.model.client.thrift.generated.TCloseSessionResp;
import com.databricks.jdbc.model.client.thrift.generated.TColumn;
import com.databricks.jdbc.model.client.thrift.generated.TColumnDesc;
import com.databricks.jdbc.model.client.thrift.generated.TExecuteStatementReq;
import com.databricks.jdbc.model.client.thrift.generated.TExecuteStatementResp;
import com.databricks.jdbc.model.client.thrift.generated.TFetchResultsReq;
import com.databricks.jdbc.model.client.thrift.generated.TFetchResultsResp;
import com.databricks.jdbc.model.client.thrift.generated.TGetOperationStatusReq;
import com.databricks.jdbc.model.client.thrift.generated.TGetOperationStatusResp;
import com.databricks.jdbc.model.client.thrift.generated.TGetResultSetMetadataResp;
import com.databricks.jdbc.model.client.thrift.generated.THandleIdentifier;
import com.databricks.jdbc.model.client.thrift.generated.TOpenSessionReq;
import com.databricks.jdbc.model.client.thrift.generated.TOpenSessionResp;
import com.databricks.jdbc.model.client.thrift.generated.TOperationHandle;
import com.databricks.jdbc.model.client.thrift.generated.TOperationState;
import com.databricks.jdbc.model.client.thrift.generated.TOperationType;
import com.databricks.jdbc.model.client.thrift.generated.TPrimitiveTypeEntry;
import com.databricks.jdbc.model.client.thrift.generated.TProtocolVersion;
import com.databricks.jdbc.model.client.thrift.generated.TRowSet;
import com.databricks.jdbc.model.client.thrift.generated.TSessionHandle;
import com.databricks.jdbc.model.client.thrift.generated.TSparkRowSetType;
import com.databricks.jdbc.model.client.thrift.generated.TStatus;
import com.databricks.jdbc.model.client.thrift.generated.TStatusCode;
import com.databricks.jdbc.model.client.thrift.generated.TStringColumn;
import com.databricks.jdbc.model.client.thrift.generated.TTableSchema;
import com.databricks.jdbc.model.client.thrift.generated.TTypeDesc;
import com.databricks.jdbc.model.client.thrift.generated.TTypeEntry;
import com.databricks.jdbc.model.client.thrift.generated.TTypeId;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsExchange;
import com.sun.net.httpserver.HttpsParameters;
import com.sun.net.httpserver.HttpsServer;
import dev.connections.simulators.DatabricksSimulator;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLPeerUnverifiedException;

/**
 * Compute that the real driver talks to, in the protocol that it uses with warehouses and clusters,
 * by the classes for it that are in the driver's own jar. Everything else is the simulated
 * workspace's, which also says whether a token is good.
 */
final class ThriftCompute implements AutoCloseable {
  /** What a statement gives: columns with their types, and rows of texts. */
  record Result(List<String> columns, List<String> types, List<List<String>> rows) {
    static Result of(List<String> columns, List<List<String>> rows) {
      return new Result(columns, columns.stream().map(name -> "STRING").toList(), rows);
    }
  }

  /** Why a statement fails. */
  static final class Refused extends RuntimeException {
    private static final long serialVersionUID = 1;
    private final String state;

    Refused(String state, String message) {
      super(message);
      this.state = state;
    }
  }

  /** A statement that ends only when it is cancelled. */
  static final class Endless extends RuntimeException {
    private static final long serialVersionUID = 1;
  }

  private final DatabricksSimulator workspace;
  private final Optional<TCLIService.Iface> behind;
  private final HttpServer server;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final HttpClient client = HttpClient.newHttpClient();
  private final List<String> statements = new CopyOnWriteArrayList<>();
  private final List<String> paths = new CopyOnWriteArrayList<>();
  private final List<String> peers = new CopyOnWriteArrayList<>();
  private final List<String> tokens = new CopyOnWriteArrayList<>();
  private final List<String> calls = new CopyOnWriteArrayList<>();
  private final Object called = new Object();
  private final Map<String, Result> results = new ConcurrentHashMap<>();
  private final Map<String, TOperationState> endless = new ConcurrentHashMap<>();
  private volatile Function<String, Result> script =
      statement -> {
        throw new Refused("42601", "[PARSE_SYNTAX_ERROR]");
      };
  private volatile Optional<Integer> status = Optional.empty();
  private volatile Duration latency = Duration.ZERO;

  private ThriftCompute(
      DatabricksSimulator workspace,
      Optional<TCLIService.Iface> behind,
      Optional<SSLContext> encryption) {
    this.workspace = workspace;
    this.behind = behind;
    InetSocketAddress address = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    try {
      if (encryption.isPresent()) {
        HttpsServer encrypting = HttpsServer.create(address, 0);
        encrypting.setHttpsConfigurator(
            new HttpsConfigurator(encryption.get()) {
              @Override
              public void configure(HttpsParameters parameters) {
                SSLParameters wanted = getSSLContext().getDefaultSSLParameters();
                wanted.setWantClientAuth(true);
                parameters.setSSLParameters(wanted);
              }
            });
        server = encrypting;
      } else {
        server = HttpServer.create(address, 0);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.setExecutor(threads);
    server.createContext("/", this::answer);
    server.start();
  }

  /** Starts compute in front of a workspace. */
  static ThriftCompute before(DatabricksSimulator workspace) {
    return new ThriftCompute(workspace, Optional.empty(), Optional.empty());
  }

  /** Starts compute that is reached by an encrypted channel. */
  static ThriftCompute encrypted(DatabricksSimulator workspace, SSLContext encryption) {
    return new ThriftCompute(workspace, Optional.empty(), Optional.of(encryption));
  }

  /** Starts what hands the statements of a workspace to a server that runs them. */
  static ThriftCompute before(DatabricksSimulator workspace, TCLIService.Iface server) {
    return new ThriftCompute(workspace, Optional.of(server), Optional.empty());
  }

  String url() {
    String start = server instanceof HttpsServer ? "https://localhost:" : "http://127.0.0.1:";
    return start + server.getAddress().getPort();
  }

  /** Answers statements; what throws {@link Refused} or {@link Endless} does so at the driver. */
  void answering(Function<String, Result> answers) {
    script = answers;
  }

  /** Answers each request of the driver so late. */
  void latency(Duration late) {
    latency = late;
  }

  /** Refuses every request for a statement with a status of HTTP. */
  void refusing(int code) {
    status = Optional.of(code);
  }

  List<String> statements() {
    return List.copyOf(statements);
  }

  /** Where requests of the driver went. */
  List<String> paths() {
    return List.copyOf(paths);
  }

  /** Whose certificates the driver showed. */
  List<String> peers() {
    return List.copyOf(peers);
  }

  /** What they were signed with. */
  List<String> tokens() {
    return List.copyOf(tokens);
  }

  long calls(String name) {
    return calls.stream().filter(name::equals).count();
  }

  /** Waits until the driver has made a call of a name. */
  void awaitCall(String name) throws InterruptedException {
    awaitCalls(name, 1);
  }

  /** Waits until the driver has submitted a statement. */
  void awaitStatement(String statement) throws InterruptedException {
    long end = System.nanoTime() + Duration.ofSeconds(60).toNanos();
    while (!statements.contains(statement)) {
      if (System.nanoTime() > end) {
        throw new AssertionError("the driver never submitted " + statement);
      }
      synchronized (called) {
        called.wait(100);
      }
    }
  }

  /** Waits until the driver has made so many calls of a name. */
  void awaitCalls(String name, long number) throws InterruptedException {
    long end = System.nanoTime() + Duration.ofSeconds(60).toNanos();
    synchronized (called) {
      while (calls(name) < number && System.nanoTime() < end) {
        called.wait(1_000);
      }
    }
    if (calls(name) < number) {
      throw new AssertionError("the driver never called " + name);
    }
  }

  private void called(String name) {
    calls.add(name);
    synchronized (called) {
      called.notifyAll();
    }
  }

  /** Whose certificate was shown, if one was. */
  private static Optional<String> peer(HttpExchange exchange) {
    if (!(exchange instanceof HttpsExchange encrypted)) {
      return Optional.empty();
    }
    try {
      return Optional.of(encrypted.getSSLSession().getPeerPrincipal().getName());
    } catch (SSLPeerUnverifiedException nobody) {
      return Optional.empty();
    }
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      if (exchange.getRequestURI().getPath().startsWith("/sql/")) {
        peer(exchange).ifPresent(peers::add);
        thrift(exchange);
      } else {
        forward(exchange, exchange.getRequestBody().readAllBytes());
      }
    }
  }

  private void forward(HttpExchange exchange, byte[] body) throws IOException {
    URI asked = exchange.getRequestURI();
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(workspace.url() + asked.toString()))
            .method(exchange.getRequestMethod(), HttpRequest.BodyPublishers.ofByteArray(body));
    for (String name : List.of("Authorization", "Content-Type")) {
      Optional.ofNullable(exchange.getRequestHeaders().getFirst(name))
          .ifPresent(value -> request.header(name, value));
    }
    try {
      HttpResponse<byte[]> answer =
          client.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
      exchange
          .getResponseHeaders()
          .set("Content-Type", answer.headers().firstValue("Content-Type").orElse(""));
      exchange.getResponseHeaders().set("X-Databricks-Org-Id", "1234567890");
      send(exchange, answer.statusCode(), answer.body());
    } catch (InterruptedException e) {
      throw new IOException(e);
    }
  }

  private static void send(HttpExchange exchange, int code, byte[] body) throws IOException {
    exchange.sendResponseHeaders(code, body.length == 0 ? -1 : body.length);
    exchange.getResponseBody().write(body);
  }

  private void thrift(HttpExchange exchange) throws IOException {
    byte[] body = exchange.getRequestBody().readAllBytes();
    LockSupport.parkNanos(latency.toNanos());
    String bearer = exchange.getRequestHeaders().getFirst("Authorization");
    paths.add(exchange.getRequestURI().getPath());
    tokens.add(bearer.replace("Bearer ", ""));
    if (status.isPresent()) {
      send(exchange, status.get(), "{}".getBytes(StandardCharsets.UTF_8));
      return;
    }
    HttpResponse<byte[]> judged = judged(bearer);
    if (judged.statusCode() != 200) {
      send(exchange, judged.statusCode(), judged.body());
      return;
    }
    try {
      TMemoryBuffer answer = new TMemoryBuffer(512);
      new TCLIService.Processor<>(service())
          .process(
              new TBinaryProtocol(new TMemoryInputTransport(body)), new TBinaryProtocol(answer));
      exchange.getResponseHeaders().set("Content-Type", "application/x-thrift");
      send(exchange, 200, java.util.Arrays.copyOf(answer.getArray(), answer.length()));
    } catch (TException e) {
      throw new IOException(e);
    }
  }

  /** The workspace says whether a token is good. */
  private HttpResponse<byte[]> judged(String bearer) {
    URI asked = workspace.url().resolve("/api/2.0/sql/warehouses/warehouse-1");
    try {
      return client.send(
          HttpRequest.newBuilder(asked).header("Authorization", bearer).build(),
          HttpResponse.BodyHandlers.ofByteArray());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private TCLIService.Iface service() {
    return (TCLIService.Iface)
        Proxy.newProxyInstance(
            ThriftCompute.class.getClassLoader(),
            new Class<?>[] {TCLIService.Iface.class},
            (proxy, method, arguments) -> {
              called(method.getName());
              try {
                if (behind.isPresent()) {
                  return method.invoke(behind.get(), arguments);
                }
                return ThriftCompute.class
                    .getDeclaredMethod(method.getName(), method.getParameterTypes()[0])
                    .invoke(this, arguments[0]);
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            });
  }

  private static TStatus success() {
    return new TStatus(TStatusCode.SUCCESS_STATUS);
  }

  private static THandleIdentifier handle() {
    UUID id = UUID.randomUUID();
    byte[] bytes =
        ByteBuffer.allocate(16)
            .putLong(id.getMostSignificantBits())
            .putLong(id.getLeastSignificantBits())
            .array();
    return new THandleIdentifier(ByteBuffer.wrap(bytes), ByteBuffer.wrap(bytes));
  }

  private static String key(TOperationHandle operation) {
    return new String(operation.getOperationId().getGuid(), StandardCharsets.ISO_8859_1);
  }

  @SuppressWarnings("UnusedMethod") // found by its name, as those that follow
  private TOpenSessionResp OpenSession(TOpenSessionReq request) {
    return new TOpenSessionResp(success(), TProtocolVersion.SPARK_CLI_SERVICE_PROTOCOL_V8)
        .setSessionHandle(new TSessionHandle(handle()));
  }

  @SuppressWarnings("UnusedMethod")
  private TCloseSessionResp CloseSession(
      com.databricks.jdbc.model.client.thrift.generated.TCloseSessionReq request) {
    return new TCloseSessionResp(success());
  }

  @SuppressWarnings("UnusedMethod")
  private TExecuteStatementResp ExecuteStatement(TExecuteStatementReq request) {
    statements.add(request.getStatement());
    TOperationHandle operation =
        new TOperationHandle(handle(), TOperationType.EXECUTE_STATEMENT, true);
    try {
      results.put(key(operation), script.apply(request.getStatement()));
    } catch (Refused refused) {
      return new TExecuteStatementResp(
          new TStatus(TStatusCode.ERROR_STATUS)
              .setSqlState(refused.state)
              .setErrorMessage(refused.getMessage()));
    } catch (Endless never) {
      endless.put(key(operation), TOperationState.RUNNING_STATE);
    }
    return new TExecuteStatementResp(success()).setOperationHandle(operation);
  }

  @SuppressWarnings("UnusedMethod")
  private TGetOperationStatusResp GetOperationStatus(TGetOperationStatusReq request) {
    TOperationState state =
        endless.getOrDefault(key(request.getOperationHandle()), TOperationState.FINISHED_STATE);
    return new TGetOperationStatusResp(success()).setOperationState(state);
  }

  @SuppressWarnings("UnusedMethod")
  private TCancelOperationResp CancelOperation(TCancelOperationReq request) {
    endless.put(key(request.getOperationHandle()), TOperationState.CANCELED_STATE);
    return new TCancelOperationResp(success());
  }

  @SuppressWarnings("UnusedMethod")
  private TCloseOperationResp CloseOperation(
      com.databricks.jdbc.model.client.thrift.generated.TCloseOperationReq request) {
    return new TCloseOperationResp(success());
  }

  @SuppressWarnings("UnusedMethod")
  private TFetchResultsResp FetchResults(TFetchResultsReq request) {
    Result result = results.get(key(request.getOperationHandle()));
    List<TColumn> columns = new ArrayList<>();
    List<TColumnDesc> heads = new ArrayList<>();
    for (int i = 0; i < result.columns().size(); i++) {
      columns.add(TColumn.stringVal(column(result, i)));
      TTypeEntry type =
          TTypeEntry.primitiveEntry(
              new TPrimitiveTypeEntry(TTypeId.valueOf(result.types().get(i) + "_TYPE")));
      heads.add(new TColumnDesc(result.columns().get(i), new TTypeDesc(List.of(type)), i + 1));
    }
    return new TFetchResultsResp(success())
        .setHasMoreRows(false)
        .setResults(new TRowSet(0, List.of()).setColumns(columns))
        .setResultSetMetadata(
            new TGetResultSetMetadataResp(success())
                .setResultFormat(TSparkRowSetType.COLUMN_BASED_SET)
                .setSchema(new TTableSchema(heads)));
  }

  private static TStringColumn column(Result result, int index) {
    List<String> values = new ArrayList<>();
    BitSet nulls = new BitSet();
    for (int row = 0; row < result.rows().size(); row++) {
      String value = result.rows().get(row).get(index);
      nulls.set(row, value == null);
      values.add(value == null ? "" : value);
    }
    return new TStringColumn(values, ByteBuffer.wrap(nulls.toByteArray()));
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
