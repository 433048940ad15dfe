package dev.connections.mssql.internal;

import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The functions of SQL Server that the adapter's queries call, for H2. */
public final class SysFunctions {
  /** What the login may; absent rights it has, as an owner does. */
  static final Map<String, Integer> RIGHTS = new ConcurrentHashMap<>();

  /** The name of the database. */
  static volatile String database = "shop";

  private SysFunctions() {}

  /** {@code serverproperty}. */
  public static String serverProperty(String name) {
    return switch (name) {
      case "ProductVersion" -> "16.0.4135.4";
      case "Edition" -> "Developer Edition (64-bit)";
      case "EngineEdition" -> "3";
      default -> null;
    };
  }

  /** {@code databasepropertyex}. */
  public static String databaseProperty(String database, String name) {
    return name.equals("Updateability") ? "READ_WRITE" : null;
  }

  /** {@code db_name}. */
  public static String database() {
    return database;
  }

  /** {@code quotename}. */
  public static String quoted(String name) {
    return "[" + name.replace("]", "]]") + "]";
  }

  /** {@code suser_sname}. */
  public static String login() {
    return "reader";
  }

  /** {@code user_name}. */
  public static String user() {
    return "reader]s";
  }

  /** {@code has_perms_by_name}: a name that could be several isn't known. */
  public static Integer right(String object, String kind, String permission) {
    if (kind.equals("DATABASE") && object.matches("\\[.*\\]")) {
      String name = object.substring(1, object.length() - 1).replace("]]", "]");
      return RIGHTS.getOrDefault(name + " " + permission, 1);
    }
    return kind.equals("DATABASE") && !object.matches("\\w+")
        ? null
        : RIGHTS.getOrDefault(object + " " + permission, 1);
  }

  /**
   * {@code sysutcdatetime} and, as the server's clock shows universal time, {@code sysdatetime}.
   */
  public static LocalDateTime now() {
    return LocalDateTime.now(ZoneOffset.UTC);
  }
}
