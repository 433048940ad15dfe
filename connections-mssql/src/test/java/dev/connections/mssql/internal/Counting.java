package dev.connections.mssql.internal;

import dev.connections.jdbc.DatabaseDriver;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.UnaryOperator;

/** Counts the statements that an adapter runs, and can refuse some. */
final class Counting {
  private final List<String> statements = new CopyOnWriteArrayList<>();
  private final UnaryOperator<String> refusal;

  Counting() {
    this(sql -> "");
  }

  /** Refuses statements as a server would: {@code refusal} gives an error's number, or nothing. */
  Counting(UnaryOperator<String> refusal) {
    this.refusal = refusal;
  }

  List<String> statements() {
    return List.copyOf(statements);
  }

  DatabaseDriver driver(SysCatalog catalog) {
    return new DatabaseDriver() {
      @Override
      public Connection connect(Dial dial) throws SQLException {
        return counted(Connection.class, catalog.connect());
      }

      @Override
      public boolean streamsInTransactions() {
        return false;
      }
    };
  }

  private <T> T counted(Class<T> type, T real) {
    return type.cast(
        Proxy.newProxyInstance(
            type.getClassLoader(),
            new Class<?>[] {type},
            (proxy, method, arguments) -> {
              if (method.getName().equals("prepareStatement")) {
                note((String) arguments[0]);
              }
              try {
                return method.invoke(real, arguments);
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            }));
  }

  private void note(String sql) throws SQLException {
    statements.add(sql);
    String number = refusal.apply(sql);
    if (!number.isEmpty()) {
      throw new SQLException("refused", "S0001", Integer.parseInt(number));
    }
  }
}
