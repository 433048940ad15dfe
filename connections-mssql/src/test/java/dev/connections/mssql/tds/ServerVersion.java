package dev.connections.mssql.tds;

/**
 * What a server says it is.
 *
 * @param product its name
 * @param major the version: 16 is SQL Server 2022
 * @param minor the version's second part
 * @param build the version's third part
 */
public record ServerVersion(String product, int major, int minor, int build) {
  /** SQL Server 2022. */
  public static final ServerVersion SQL_SERVER_2022 =
      new ServerVersion("Microsoft SQL Server", 16, 0, 4135);
}
