package dev.connections.testkit;

import dev.connections.api.AdapterContext;
import dev.connections.api.Configuration;
import dev.connections.api.ConnectionAdapter;
import dev.connections.api.ConnectionException;
import dev.connections.api.Failure;
import dev.connections.api.Operation;
import dev.connections.api.SchemaInfo;
import dev.connections.api.TableMetadata;
import dev.connections.api.TableName;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.function.BiFunction;
import java.util.logging.Level;
import java.util.logging.Logger;

/** Adapters that tell secrets, or let others' exceptions out. */
final class SecrecyMisbehaviours {
  private static final Logger LOG = Logger.getLogger("some.driver");

  private SecrecyMisbehaviours() {}

  static final List<Misbehaviour> ALL =
      List.of(
          Misbehaviour.of(
              "tells the password in a message",
              leaking(SecrecyMisbehaviours::tellingInMessage),
              "no_secret_stands_in_a_failure_or_a_result"),
          Misbehaviour.of(
              "shows the password in its toString",
              leaking(SecrecyMisbehaviours::showing),
              "no_secret_stands_in_a_failure_or_a_result"),
          Misbehaviour.of(
              "logs the password at TRACE, in Base64",
              leaking(SecrecyMisbehaviours::logging),
              "no_secret_is_logged"),
          Misbehaviour.of(
              "lets a foreign exception out",
              Twist.adapter(SecrecyMisbehaviours::throwing),
              "only_precise_failures_come_out"));

  private static Twist leaking(BiFunction<ConnectionAdapter, String, ConnectionAdapter> change) {
    return source ->
        new Twist.Provider(source.provider()) {
          @Override
          public ConnectionAdapter open(Configuration configuration, AdapterContext context) {
            return change.apply(super.open(configuration, context), source.password().value());
          }
        };
  }

  private static ConnectionAdapter tellingInMessage(ConnectionAdapter adapter, String password) {
    return new TwistedAdapter(adapter) {
      @Override
      public TableMetadata getTableMetadata(TableName table, Operation operation) {
        try {
          return super.getTableMetadata(table, operation);
        } catch (ConnectionException e) {
          throw ConnectionException.of(
              Failure.of(e.code(), "Not as ada:" + password + "@synthetic."));
        }
      }
    };
  }

  private static ConnectionAdapter showing(ConnectionAdapter adapter, String password) {
    return new TwistedAdapter(adapter) {
      @Override
      public String toString() {
        return "Adapter[password=" + password + "]";
      }
    };
  }

  private static ConnectionAdapter logging(ConnectionAdapter adapter, String password) {
    return new TwistedAdapter(adapter) {
      @Override
      public List<SchemaInfo> listSchemas(Operation operation) {
        byte[] header = ("ada:" + password).getBytes(StandardCharsets.UTF_8);
        LOG.log(
            Level.FINEST, "Authorization: Basic {0}", Base64.getEncoder().encodeToString(header));
        return super.listSchemas(operation);
      }
    };
  }

  private static ConnectionAdapter throwing(ConnectionAdapter adapter) {
    return new TwistedAdapter(adapter) {
      @Override
      public TableMetadata getTableMetadata(TableName table, Operation operation) {
        if (table.table().isEmpty()) {
          throw new StringIndexOutOfBoundsException("index 0, length 0");
        }
        return super.getTableMetadata(table, operation);
      }
    };
  }
}
