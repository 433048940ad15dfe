package dev.connections.core.internal.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.connections.api.ConfigurationSpec;
import dev.connections.api.ConfigurationValues;
import dev.connections.api.ConnectionAdapterProvider;
import dev.connections.api.ConnectionException;
import dev.connections.api.ConnectionType;
import dev.connections.api.Failure;
import dev.connections.api.Preset;
import dev.connections.api.RowPreview;
import dev.connections.api.StandardErrorCode;
import dev.connections.core.RegistryProblem;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AdapterRegistryTest {
  static final Preset RDS = new Preset("aws-rds", "RDS preset", ConfigurationValues.empty());

  static final class SqlServer extends Plugin {
    @Override
    public ConnectionType type() {
      return type("mssql", "SQL Server").storedAs("MSSQL").storedAs("AWS_RDS_MSSQL", RDS).build();
    }

    @Override
    public Set<Class<?>> features() {
      return Set.of(RowPreview.class);
    }
  }

  static final class AnotherSqlServer extends Plugin {
    @Override
    public ConnectionType type() {
      return type("mssql", "Another SQL Server").storedAs("TDS").build();
    }
  }

  static final class Files extends Plugin {
    @Override
    public ConnectionType type() {
      return type("filesystem", "File system").build();
    }
  }

  static final class Greedy extends Plugin {
    @Override
    public ConnectionType type() {
      return type("greedy", "greedy").storedAs("MSSQL").storedAs("FileSystem").build();
    }
  }

  static final class PostgreSql extends Plugin {
    @Override
    public ConnectionType type() {
      Preset aws = new Preset("aws-rds", "RDS", ConfigurationValues.empty());
      return type("postgresql", "PostgreSQL").storedAs("ELEPHANT", aws).build();
    }
  }

  static final class Spanner extends Plugin {
    @Override
    public ConnectionType type() {
      return type("spanner", "Spanner").build();
    }
  }

  private static AdapterRegistry of(ConnectionAdapterProvider... providers) {
    return AdapterRegistry.of(Arrays.asList(providers), Optional.empty());
  }

  private static Failure refused(AdapterRegistry registry, String type) {
    ConnectionException failure =
        catchThrowableOfType(ConnectionException.class, () -> registry.require(type));
    assertThat(failure).isNotNull();
    assertThat(failure.code()).isEqualTo(StandardErrorCode.UNSUPPORTED);
    assertThat(failure.failure().remedy()).isPresent();
    assertThat(registry.find(type)).isEmpty();
    assertThat(registry.isAvailable(type)).isFalse();
    return failure.failure();
  }

  @ParameterizedTest
  @ValueSource(strings = {"mssql", "MSSQL", "MsSql"})
  void a_type_is_found_by_its_id_and_its_stored_names_in_any_case(String name) {
    InstalledType found = of(new Files(), new SqlServer()).require(name);
    assertThat(found.type().displayName()).isEqualTo("SQL Server");
    assertThat(found.provider()).isInstanceOf(SqlServer.class);
    assertThat(found.configuration().fields()).hasSize(1);
    assertThat(found.features()).containsExactly(RowPreview.class);
    assertThat(found.preset()).isEmpty();
  }

  @Test
  void a_stored_name_brings_its_preset() {
    AdapterRegistry registry = of(new SqlServer(), new PostgreSql());
    assertThat(registry.require("aws_rds_mssql").preset()).contains(RDS);
    assertThat(registry.displayName("aws_rds_mssql")).isEqualTo("RDS preset");
    assertThat(registry.require("elephant").preset()).map(Preset::displayName).contains("RDS");
  }

  @Test
  void a_name_that_stored_connections_carry_needs_no_word_of_the_plugin() {
    AdapterRegistry registry = of(new PostgreSql(), new Spanner());
    assertThat(registry.require("AWS_RDS_POSTGRESQL").preset())
        .map(Preset::displayName)
        .contains("RDS");
    assertThat(registry.require("GCP_SPANNER").type().id()).isEqualTo("spanner");
    assertThat(refused(registry, "SUPABASE").message())
        .as("a plugin that doesn't know the preset")
        .isEqualTo("Unsupported connection type: Supabase.");
  }

  @Test
  void types_are_listed_by_their_display_names() {
    AdapterRegistry registry = of(new SqlServer(), new Files(), new PostgreSql(), new Greedy());
    assertThat(of(new SqlServer(), new PostgreSql(), new Files()).availableTypes())
        .extracting(ConnectionType::displayName)
        .containsExactly("File system", "PostgreSQL", "SQL Server");
    assertThat(registry.availableTypes())
        .as("whose id is claimed by two can't be used")
        .extracting(ConnectionType::id)
        .containsExactly("greedy", "postgresql");
    assertThat(registry.availableTypes()).allMatch(type -> registry.isAvailable(type.id()));
  }

  @ParameterizedTest
  @CsvSource({
    "snowflake,Snowflake",
    "SNOWFLAKE,Snowflake",
    "Snowflake,Snowflake",
    "REST,REST",
    "MYSQL,MySQL",
    "MARIADB,MariaDB",
    "MONGODB,MongoDB",
    "ORACLE,Oracle",
    "SQLITE,SQLite",
    "REDIS,Redis",
    "DYNAMODB,DynamoDB",
    "BIGQUERY,BigQuery",
    "GCP_SPANNER,Cloud Spanner",
    "MSSQL,SQL Server",
    "AZURE_SQL_DATABASE,Azure SQL Database",
    "AZURE_SQL_MANAGED_INSTANCE,Azure SQL Managed Instance",
    "AWS_RDS_MSSQL,Amazon RDS for SQL Server",
    "GCP_CLOUD_SQL_MSSQL,Cloud SQL for SQL Server",
    "POSTGRESQL,PostgreSQL",
    "AWS_RDS_POSTGRESQL,Amazon RDS for PostgreSQL",
    "AWS_AURORA_POSTGRESQL,Amazon Aurora PostgreSQL",
    "AZURE_POSTGRESQL,Azure Database for PostgreSQL",
    "GCP_CLOUD_SQL_POSTGRESQL,Cloud SQL for PostgreSQL",
    "SUPABASE,Supabase",
    "Salesforce,Salesforce",
    "Workday,Workday",
    "ServiceNow,ServiceNow",
    "FileSystem,File system",
    "Databricks,Databricks",
    "Vendor_X,Vendor_X",
  })
  void a_type_without_a_plugin_is_called_by_the_name_users_know(String stored, String shown) {
    assertThat(of().displayName(stored)).isEqualTo(shown);
    Failure failure = refused(of(), stored);
    assertThat(failure.message()).isEqualTo("Unsupported connection type: " + shown + ".");
    assertThat(failure.remedy().orElseThrow()).contains("No connection type is installed.");
  }

  @Test
  void the_remedy_names_the_installed_types() {
    assertThat(refused(of(new SqlServer(), new Files()), "Snowflake").remedy().orElseThrow())
        .contains("Installed types: File system, SQL Server.");
  }

  @Test
  void a_made_up_name_is_shown_short_and_plain() {
    assertThat(of().displayName(" x\n<script>\u202e" + "y".repeat(100)))
        .isEqualTo("x??script??" + "y".repeat(49) + "…");
    assertThat(refused(of(), "").message()).isEqualTo("Unsupported connection type: .");
  }

  @Test
  void two_plugins_with_one_id_can_both_not_be_used_and_both_are_named() {
    AdapterRegistry registry = of(new SqlServer(), new AnotherSqlServer(), new Files());
    for (String name : List.of("mssql", "MSSQL", "AWS_RDS_MSSQL", "TDS", "AZURE_SQL_DATABASE")) {
      assertThat(refused(registry, name).message())
          .contains("The connection type mssql is offered by several plugins")
          .contains(SqlServer.class.getName())
          .contains(AnotherSqlServer.class.getName());
    }
    assertThat(registry.isAvailable("filesystem")).isTrue();
    assertThat(registry.problems())
        .singleElement()
        .satisfies(
            problem ->
                assertThat(problem.failure().message())
                    .contains("SqlServer (test-classes)")
                    .contains("AnotherSqlServer (test-classes)"));
  }

  @Test
  void a_stored_name_that_two_plugins_claim_is_nobodys_and_the_rest_goes_on() {
    AdapterRegistry registry = of(new SqlServer(), new Greedy());
    assertThat(refused(registry, "MSSQL").message())
        .contains("mssql is offered by several plugins");
    assertThat(registry.isAvailable("AWS_RDS_MSSQL")).isTrue();
    assertThat(registry.isAvailable("greedy")).isTrue();
    assertThat(registry.isAvailable("FileSystem")).isTrue();
    assertThat(registry.problems()).hasSize(1);
  }

  @Test
  void a_provider_handed_over_twice_is_one() {
    AdapterRegistry registry = of(new SqlServer(), new SqlServer());
    assertThat(registry.problems()).isEmpty();
    assertThat(registry.isAvailable("mssql")).isTrue();
  }

  static class Broken extends Plugin {
    @Override
    public ConnectionType type() {
      return type("broken", "Broken").build();
    }
  }

  @Test
  void a_provider_that_can_not_describe_itself_is_left_out_with_a_reason() {
    List<ConnectionAdapterProvider> broken =
        List.of(
            new Broken() {
              @Override
              public ConnectionType type() {
                return null;
              }
            },
            new Broken() {
              @Override
              public ConnectionType type() {
                throw new IllegalStateException("password=hunter2");
              }
            },
            new Broken() {
              @Override
              public ConnectionType type() {
                throw new NoSuchMethodError("hunter2");
              }
            },
            new Broken() {
              @Override
              public ConfigurationSpec configuration() {
                return null;
              }
            },
            new Broken() {
              @Override
              public ConfigurationSpec configuration() {
                throw new UnsupportedClassVersionError("hunter2");
              }
            },
            new Broken() {
              @Override
              public Set<Class<?>> features() {
                return null;
              }
            },
            new Broken() {
              @Override
              public Set<Class<?>> features() {
                return new HashSet<>(Arrays.asList((Class<?>) null));
              }
            });
    List<ConnectionAdapterProvider> all = new java.util.ArrayList<>(broken);
    all.add(new Files());
    AdapterRegistry registry = AdapterRegistry.of(all, Optional.empty());
    assertThat(registry.availableTypes())
        .extracting(ConnectionType::id)
        .containsExactly("filesystem");
    assertThat(registry.problems()).hasSameSizeAs(broken);
    for (int i = 0; i < broken.size(); i++) {
      RegistryProblem problem = registry.problems().get(i);
      assertThat(problem.provider().orElseThrow()).contains(broken.get(i).getClass().getName());
      assertThat(problem.failure().message())
          .contains(broken.get(i).getClass().getName())
          .doesNotContain("hunter2");
      assertThat(problem.failure().remedy()).isPresent();
    }
    assertThat(registry.problems().get(1).failure().message()).endsWith("(IllegalStateException).");
    assertThat(registry.problems().get(2).failure().message()).contains("(NoSuchMethodError)");
    assertThat(registry.problems().get(4).failure().message()).contains("later version of Java");
  }
}
