package dev.connections.store.host;

import dev.connections.api.AdapterContext;
import dev.connections.api.Column;
import dev.connections.api.Configuration;
import dev.connections.api.ConfigurationSpec;
import dev.connections.api.ConnectionAdapter;
import dev.connections.api.ConnectionAdapterProvider;
import dev.connections.api.ConnectionException;
import dev.connections.api.ConnectionType;
import dev.connections.api.DataType;
import dev.connections.api.Field;
import dev.connections.api.ImportEnd;
import dev.connections.api.ImportSelection;
import dev.connections.api.MetadataSink;
import dev.connections.api.Operation;
import dev.connections.api.Page;
import dev.connections.api.SchemaInfo;
import dev.connections.api.SchemaName;
import dev.connections.api.Secret;
import dev.connections.api.Section;
import dev.connections.api.StandardErrorCode;
import dev.connections.api.StandardStep;
import dev.connections.api.TableInfo;
import dev.connections.api.TableKind;
import dev.connections.api.TableMetadata;
import dev.connections.api.TableName;
import dev.connections.api.TableQuery;
import dev.connections.api.TestResult;
import dev.connections.api.TestSteps;
import dev.connections.api.TokenStore.Granted;
import dev.connections.api.TokenStore.Token;
import dev.connections.api.TypeKind;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * A type that signs in with a refresh token, at a server that takes each of them once; its tables
 * are as the server says.
 */
public final class GrantingProvider implements ConnectionAdapterProvider {
  private static final int MOST_REFUSALS = 100;
  private static final Field<String> SERVER = Field.text("server").required().destination();
  private static final Field<Secret> REFRESH_TOKEN =
      Field.secret("authentication.refresh_token").required();
  private static final SchemaName SCHEMA = SchemaName.of("crm");
  private static final Field<Integer> PAGE_SIZE = Field.integer("page_size").preset(10);

  @Override
  public ConnectionType type() {
    return ConnectionType.of("granting", "Granting", ConnectionType.Family.OTHER).build();
  }

  @Override
  public ConfigurationSpec configuration() {
    return ConfigurationSpec.version(1)
        .group("all", "All", SERVER, REFRESH_TOKEN, PAGE_SIZE)
        .build();
  }

  @Override
  public ConnectionAdapter open(Configuration configuration, AdapterContext context) {
    return new Adapter(configuration.get(SERVER), context);
  }

  private record Adapter(String server, AdapterContext context) implements ConnectionAdapter {
    @Override
    public TestResult test(Operation operation) {
      return TestSteps.of(operation)
          .step(StandardStep.AUTHENTICATE, step -> signIn(operation))
          .result();
    }

    private void signIn(Operation operation) {
      Token token = context.tokens().current(operation, this::obtain);
      // The server counts the uses of a token: a new one may be used up by others before it is
      // here.
      for (int refused = 0; !uses(token); refused++) {
        if (refused == MOST_REFUSALS) {
          throw ConnectionException.of(StandardErrorCode.WRONG_CREDENTIALS, "Refused again.");
        }
        token = context.tokens().replace(token, operation, this::obtain);
      }
    }

    private boolean uses(Token token) {
      return ask("use", token.access().use(String::new)).isPresent();
    }

    private Granted obtain(Optional<Secret> refreshToken, Operation operation) {
      String[] granted =
          ask("token", refreshToken.orElseThrow().use(String::new))
              .orElseThrow(
                  () ->
                      ConnectionException.of(
                          StandardErrorCode.EXPIRED_CREDENTIALS, "The refresh token is spent."))
              .split(" ");
      return new Granted(
          new Token(Secret.of(granted[0]), Optional.empty(), Optional.empty()),
          Optional.of(Secret.of(granted[1])));
    }

    /** The server's answer, if it doesn't refuse. */
    private Optional<String> ask(String what, String token) {
      try {
        HttpURLConnection request =
            (HttpURLConnection) URI.create(server + "/" + what).toURL().openConnection();
        request.setConnectTimeout(20_000);
        request.setReadTimeout(20_000);
        request.setRequestProperty(
            "Authorization", URLEncoder.encode(token, StandardCharsets.UTF_8));
        if (request.getResponseCode() == HttpURLConnection.HTTP_UNAUTHORIZED) {
          return Optional.empty();
        }
        return Optional.of(
            new String(request.getInputStream().readAllBytes(), StandardCharsets.UTF_8));
      } catch (IOException e) {
        throw ConnectionException.of(StandardErrorCode.CONNECTION_LOST, "No answer.");
      }
    }

    @Override
    public List<SchemaInfo> listSchemas(Operation operation) {
      return List.of(SchemaInfo.of(SCHEMA));
    }

    @Override
    public Page<TableInfo> listTables(TableQuery query, Operation operation) {
      throw new UnsupportedOperationException();
    }

    @Override
    public TableMetadata getTableMetadata(TableName table, Operation operation) {
      return table(TableInfo.of(table, TableKind.TABLE), shape()[1]);
    }

    /** How many tables the server has, and how many columns each of them. */
    private int[] shape() {
      return Arrays.stream(ask("shape", "").orElseThrow().split(" "))
          .mapToInt(Integer::parseInt)
          .toArray();
    }

    private static TableMetadata table(TableInfo info, int columns) {
      DataType type = DataType.of(TypeKind.BIGINT, "bigint");
      return TableMetadata.builder(info, Set.of(Section.COLUMNS))
          .columns(
              IntStream.range(0, columns)
                  .mapToObj(number -> Column.of("c" + number, type, true))
                  .toList())
          .build();
    }

    @Override
    public ImportEnd importMetadata(
        ImportSelection selection, MetadataSink sink, Operation operation) {
      int[] shape = shape();
      for (int number = 0; number < shape[0]; number++) {
        TableInfo info = TableInfo.of(new TableName(SCHEMA, "t" + number), TableKind.TABLE);
        if (sink.listed(info) == MetadataSink.Decision.READ) {
          if (number % 100 == 0) {
            ask("table", Integer.toString(number));
          }
          sink.table(table(info, shape[1]));
        }
      }
      sink.listingComplete(SCHEMA);
      return ImportEnd.Done.unmarked();
    }

    @Override
    public void close() {}
  }
}
