package dev.connections.databricks.internal;

import com.databricks.internal.apache.thrift.TConfiguration;
import com.databricks.internal.apache.thrift.protocol.TBinaryProtocol;
import com.databricks.internal.apache.thrift.transport.TTransport;
import com.databricks.internal.apache.thrift.transport.TTransportException;
import com.databricks.jdbc.model.client.thrift.generated.TCLIService;
import com.databricks.jdbc.model.client.thrift.generated.TFetchResultsReq;
import com.databricks.jdbc.model.client.thrift.generated.TFetchResultsResp;
import com.databricks.jdbc.model.client.thrift.generated.TGetResultSetMetadataReq;
import com.databricks.jdbc.model.client.thrift.generated.TOpenSessionReq;
import com.databricks.jdbc.model.client.thrift.generated.TOpenSessionResp;
import com.databricks.jdbc.model.client.thrift.generated.TProtocolVersion;
import com.databricks.jdbc.model.client.thrift.generated.TSparkRowSetType;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Apache Spark's Thrift server with Delta, in a process of its own, and what the driver of
 * Databricks and it don't agree on: who we are, the version of the protocol, and where the columns
 * of a result are told.
 */
final class SparkServer implements AutoCloseable {
  private static final Duration START = Duration.ofMinutes(4);
  private static final String[] OPEN = {
    "java.base/java.lang",
    "java.base/java.lang.invoke",
    "java.base/java.lang.reflect",
    "java.base/java.io",
    "java.base/java.net",
    "java.base/java.nio",
    "java.base/java.util",
    "java.base/java.util.concurrent",
    "java.base/java.util.concurrent.atomic",
    "java.base/sun.nio.ch",
    "java.base/sun.nio.cs",
    "java.base/sun.security.action",
    "java.base/sun.util.calendar",
  };

  private final Process process;
  private final int port;
  private final HttpClient client = HttpClient.newHttpClient();

  private SparkServer(Process process, int port) {
    this.process = process;
    this.port = port;
  }

  /** Starts Spark from its jars, with an empty metastore in a folder; it takes a while. */
  static SparkServer start(Path jars, Path folder) throws IOException, InterruptedException {
    int port;
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = free.getLocalPort();
    }
    Path log = folder.resolve("spark.log");
    Process process =
        new ProcessBuilder(command(jars, folder, port))
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start();
    SparkServer server = new SparkServer(process, port);
    long end = System.nanoTime() + START.toNanos();
    while (!server.listens()) {
      if (!process.isAlive() || System.nanoTime() > end) {
        server.close();
        throw new IOException("Spark didn't start:\n" + Files.readString(log));
      }
      process.waitFor(500, TimeUnit.MILLISECONDS);
    }
    return server;
  }

  private static List<String> command(Path jars, Path folder, int port) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("-Xmx2g");
    for (String open : OPEN) {
      command.add("--add-opens=" + open + "=ALL-UNNAMED");
    }
    command.add("-Djdk.reflect.useDirectMethodHandle=false");
    command.add("-Dderby.system.home=" + folder);
    command.add("-Dspark.master=local[2]");
    command.add("-Dspark.app.name=connections");
    command.add("-Dspark.ui.enabled=false");
    command.add("-Dspark.driver.bindAddress=127.0.0.1");
    command.add("-Dspark.driver.host=127.0.0.1");
    command.add("-Dspark.sql.warehouse.dir=" + folder.resolve("warehouse"));
    command.add("-Dspark.sql.shuffle.partitions=2");
    command.add("-Dspark.sql.catalogImplementation=hive");
    command.add("-Dspark.sql.extensions=io.delta.sql.DeltaSparkSessionExtension");
    command.add(
        "-Dspark.sql.catalog.spark_catalog=org.apache.spark.sql.delta.catalog.DeltaCatalog");
    command.add("-cp");
    command.add(jars + "/*");
    command.add("org.apache.spark.sql.hive.thriftserver.HiveThriftServer2");
    for (String setting :
        List.of(
            "hive.server2.transport.mode=http",
            "hive.server2.thrift.bind.host=127.0.0.1",
            "hive.server2.thrift.http.port=" + port,
            "hive.server2.thrift.http.path=cliservice")) {
      command.add("--hiveconf");
      command.add(setting);
    }
    return command;
  }

  private boolean listens() {
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 1_000);
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  /** The server, as the driver of Databricks wants to be answered. */
  TCLIService.Iface service() {
    return (TCLIService.Iface)
        Proxy.newProxyInstance(
            SparkServer.class.getClassLoader(),
            new Class<?>[] {TCLIService.Iface.class},
            (proxy, method, arguments) -> {
              if (arguments[0] instanceof TOpenSessionReq request) {
                // Spark doesn't know the number that the driver sends, nor its catalogs.
                request.setClient_protocol(TProtocolVersion.HIVE_CLI_SERVICE_PROTOCOL_V8);
                request.unsetInitialNamespace();
                request.unsetConfiguration();
              }
              Object answer;
              try {
                answer = method.invoke(client(), arguments);
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
              if (answer instanceof TOpenSessionResp opened) {
                opened.setServerProtocolVersion(TProtocolVersion.SPARK_CLI_SERVICE_PROTOCOL_V8);
              }
              if (answer instanceof TFetchResultsResp fetched) {
                TFetchResultsReq request = (TFetchResultsReq) arguments[0];
                fetched.setResultSetMetadata(
                    client()
                        .GetResultSetMetadata(
                            new TGetResultSetMetadataReq(request.getOperationHandle()))
                        .setResultFormat(TSparkRowSetType.COLUMN_BASED_SET));
              }
              return answer;
            });
  }

  private TCLIService.Client client() {
    return new TCLIService.Client(new TBinaryProtocol(new Post()));
  }

  /** One request over HTTP for each message. */
  private final class Post extends TTransport {
    private final ByteArrayOutputStream asked = new ByteArrayOutputStream();
    private ByteArrayInputStream answered = new ByteArrayInputStream(new byte[0]);

    @Override
    public boolean isOpen() {
      return true;
    }

    @Override
    public void open() {}

    @Override
    public void close() {}

    @Override
    public int read(byte[] buffer, int offset, int length) {
      return answered.read(buffer, offset, length);
    }

    @Override
    public void write(byte[] buffer, int offset, int length) {
      asked.write(buffer, offset, length);
    }

    @Override
    public void flush() throws TTransportException {
      String anyone =
          Base64.getEncoder().encodeToString("any:one".getBytes(StandardCharsets.UTF_8));
      HttpRequest request =
          HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/cliservice"))
              .header("Authorization", "Basic " + anyone)
              .header("Content-Type", "application/x-thrift")
              .POST(HttpRequest.BodyPublishers.ofByteArray(asked.toByteArray()))
              .build();
      asked.reset();
      try {
        HttpResponse<byte[]> answer = client.send(request, HttpResponse.BodyHandlers.ofByteArray());
        if (answer.statusCode() != 200) {
          throw new TTransportException("status " + answer.statusCode());
        }
        answered = new ByteArrayInputStream(answer.body());
      } catch (IOException | InterruptedException e) {
        throw new TTransportException(e);
      }
    }

    @Override
    public TConfiguration getConfiguration() {
      return TConfiguration.DEFAULT;
    }

    @Override
    public void updateKnownMessageSize(long size) {}

    @Override
    public void checkReadBytesAvailable(long bytes) {}
  }

  @Override
  public void close() {
    process.destroy();
    try {
      if (!process.waitFor(20, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
