package dev.connections.databricks.internal;

import dev.connections.api.Configuration;
import dev.connections.api.ConfigurationProblem;
import dev.connections.api.ConfigurationSpec;
import dev.connections.api.Field;
import dev.connections.api.Secret;
import dev.connections.http.NetworkFields;
import dev.connections.http.ServiceFields;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The fields of a connection to Databricks. */
final class DatabricksFields {
  /** How the workspace is told who we are. */
  enum Authentication {
    /** By a personal access token. */
    PAT,
    /** By a service principal's OAuth secret. */
    OAUTH_M2M
  }

  /** What runs statements. */
  enum ComputeType {
    /** A SQL warehouse. */
    SERVERLESS,
    /** A cluster. */
    CLASSIC
  }

  private static final String EXAMPLE = "https://dbc-12345678-9abc.cloud.databricks.com";

  static final Field<String> WORKSPACE =
      ServiceFields.address("workspace_url")
          .label("Workspace")
          .help("The address of the workspace.")
          .example(EXAMPLE);

  static final Field<Authentication> AUTHENTICATION =
      Field.choice("authentication.type", Authentication.class)
          .label("Authentication")
          .preset(Authentication.PAT);

  static final Field<Secret> TOKEN =
      Field.secret("authentication.token")
          .label("Access token")
          .range(1, 4_096)
          .required()
          .when(AUTHENTICATION, Authentication.PAT);

  static final Field<String> CLIENT_ID =
      ServiceFields.CLIENT_ID
          .help("The application id of the service principal.")
          .required()
          .when(AUTHENTICATION, Authentication.OAUTH_M2M);

  static final Field<Secret> CLIENT_SECRET =
      ServiceFields.CLIENT_SECRET.required().when(AUTHENTICATION, Authentication.OAUTH_M2M);

  static final Field<String> CATALOG =
      Field.text("catalog")
          .label("Catalog")
          .help("Only this catalog is read. Left empty, every catalog is that the login sees.")
          .example("main")
          .range(1, 255);

  static final Field<String> SCHEMA =
      Field.text("schema")
          .label("Schema")
          .help("Only this schema of the catalog is read.")
          .example("default")
          .range(1, 255);

  static final Field<ComputeType> COMPUTE_TYPE =
      Field.choice("compute.compute_type", ComputeType.class).label("Compute");

  static final Field<String> WAREHOUSE =
      Field.text("compute.warehouse_id")
          .label("Warehouse id")
          .example("abc123def456")
          .range(1, 100);

  static final Field<String> CLUSTER =
      Field.text("compute.cluster_id")
          .label("Cluster id")
          .example("1234-567890-abc123")
          .range(1, 100);

  static final Field<Boolean> START =
      Field.flag("compute.start_stopped")
          .label("Start it if it is stopped")
          .help("It costs money until it stops again. The test never starts it.")
          .preset(false);

  static final Field<Duration> STARTING =
      Field.seconds("compute.start_timeout")
          .label("Longest wait for it")
          .help("How long it is waited for until it runs and takes a statement.")
          .preset(Duration.ofMinutes(20))
          .range(1, 7_200);

  static final Field<Boolean> UNITY_CATALOG =
      Field.flag("advanced.enable_unity_catalog")
          .label("Unity Catalog")
          .help("Switched off, hive_metastore alone is read, by statements on the compute.")
          .preset(true);

  static final Field<Integer> PARALLEL =
      Field.integer("advanced.parallel_requests")
          .label("Requests at once")
          .help("How many schemas are read at the same time.")
          .preset(8)
          .range(1, 32);

  static final Field<Integer> RATE =
      Field.integer("advanced.requests_per_second")
          .label("Requests per second")
          .help("Databricks publishes no limit; thirty is what others observed.")
          .preset(28)
          .range(1, 1_000);

  static final Field<Integer> SLICE_FROM =
      Field.integer("advanced.slice_from")
          .label("Tables of a very large schema")
          .help(
              "From so many tables on a schema is read from information_schema, several slices at"
                  + " once, if a warehouse runs. Properties and row counts aren't there.")
          .preset(2_000)
          .range(1, 1_000_000);

  static final Field<Integer> ONE_BY_ONE =
      Field.integer("advanced.one_by_one_up_to")
          .label("Tables read one by one")
          .help(
              "If at most so many tables of a very large schema are wanted, each is read by a"
                  + " request of its own, with all that information_schema lacks. Zero: none.")
          .preset(100)
          .range(0, 1_000_000);

  static final Field<Integer> LINEAGE_DAYS =
      Field.integer("advanced.lineage_days")
          .label("Days of lineage")
          .help("Lineage of so many days is read, if a warehouse runs. Zero: none.")
          .preset(30)
          .range(0, 365);

  static final Field<Boolean> OBJECTS =
      Field.flag("advanced.volumes_functions_models")
          .label("Volumes, functions and models")
          .help("Imports read them too: three more requests for each schema.")
          .preset(false);

  static final Field<Duration> TIMEOUT = ServiceFields.timeout(Duration.ofMinutes(5));

  static final Field<Integer> POOL_SIZE =
      Field.integer("advanced.pool_size").label("Most SQL connections").preset(8).range(1, 100);

  static final Field<Duration> IDLE_TIMEOUT =
      Field.seconds("advanced.idle_timeout")
          .label("Idle time-out")
          .help("After so long an unused SQL connection is closed.")
          .preset(Duration.ofSeconds(60))
          .range(10, 3_600);

  static final Field<Boolean> PREVIEW = ServiceFields.ROW_PREVIEW;

  static final ConfigurationSpec SPEC =
      ConfigurationSpec.version(1)
          .group("workspace", "Workspace", WORKSPACE, CATALOG, SCHEMA)
          .group(
              "authentication", "Authentication", AUTHENTICATION, TOKEN, CLIENT_ID, CLIENT_SECRET)
          .group("compute", "Compute", COMPUTE_TYPE, WAREHOUSE, CLUSTER, START, STARTING)
          .group(
              "advanced",
              "Advanced",
              UNITY_CATALOG,
              PARALLEL,
              RATE,
              SLICE_FROM,
              ONE_BY_ONE,
              LINEAGE_DAYS,
              OBJECTS,
              TIMEOUT,
              POOL_SIZE,
              IDLE_TIMEOUT,
              PREVIEW)
          .group("network", "Network", NetworkFields.all())
          .rule(configuration -> ServiceFields.check(configuration, WORKSPACE, EXAMPLE))
          .rule(DatabricksFields::compute)
          .rule(DatabricksFields::catalog)
          .rule(NetworkFields::check)
          .build();

  private DatabricksFields() {}

  /** {@return whether the metastore beside Unity Catalog is read, and nothing else} */
  static boolean readsHive(Configuration configuration) {
    return !configuration.get(UNITY_CATALOG)
        || configuration.find(CATALOG).filter(DatabricksFields::isHive).isPresent();
  }

  private static boolean isHive(String catalog) {
    return catalog.equalsIgnoreCase(HiveMetastore.CATALOG);
  }

  private static List<ConfigurationProblem> compute(Configuration configuration) {
    List<ConfigurationProblem> problems = new ArrayList<>();
    Optional<ComputeType> type = configuration.find(COMPUTE_TYPE);
    if (type.filter(ComputeType.SERVERLESS::equals).isPresent()
        && configuration.find(WAREHOUSE).isEmpty()) {
      problems.add(
          ConfigurationProblem.of(
              WAREHOUSE, "Warehouse id is missing.", "Enter it, or choose the compute classic."));
    }
    if (type.filter(ComputeType.CLASSIC::equals).isPresent()
        && configuration.find(CLUSTER).isEmpty()) {
      problems.add(
          ConfigurationProblem.of(
              CLUSTER, "Cluster id is missing.", "Enter it, or choose the compute serverless."));
    }
    for (Field<String> id : List.of(WAREHOUSE, CLUSTER)) {
      if (configuration.find(id).filter(text -> !text.matches("[A-Za-z0-9_-]+")).isPresent()) {
        problems.add(
            ConfigurationProblem.of(
                id, id.label() + " holds a character that no id has.", "Enter only the id."));
      }
    }
    return problems;
  }

  private static List<ConfigurationProblem> catalog(Configuration configuration) {
    List<ConfigurationProblem> problems = new ArrayList<>();
    if (readsHive(configuration)
        && configuration.find(WAREHOUSE).isEmpty()
        && configuration.find(CLUSTER).isEmpty()) {
      problems.add(
          ConfigurationProblem.of(
              WAREHOUSE,
              "Warehouse id is missing: hive_metastore is read by statements.",
              "Enter a warehouse or a cluster."));
    }
    if (!configuration.get(UNITY_CATALOG)
        && configuration.find(CATALOG).filter(name -> !isHive(name)).isPresent()) {
      problems.add(
          ConfigurationProblem.of(
              CATALOG,
              "Without Unity Catalog there is no catalog but hive_metastore.",
              "Leave it empty, or switch Unity Catalog on."));
    }
    for (Field<String> name : List.of(CATALOG, SCHEMA)) {
      if (configuration.find(name).filter(text -> !UnityCatalog.isName(text)).isPresent()) {
        problems.add(
            ConfigurationProblem.of(
                name,
                name.label() + " holds a character that no name has.",
                "Enter one name, without dots and slashes."));
      }
    }
    if (configuration.get(UNITY_CATALOG)
        && configuration.find(SCHEMA).isPresent()
        && configuration.find(CATALOG).isEmpty()) {
      problems.add(
          ConfigurationProblem.of(
              CATALOG, "Schema is set and Catalog isn't.", "Enter the schema's catalog."));
    }
    return problems;
  }
}
