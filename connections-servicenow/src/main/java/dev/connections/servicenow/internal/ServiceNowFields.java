package dev.connections.servicenow.internal;

import dev.connections.api.Configuration;
import dev.connections.api.ConfigurationProblem;
import dev.connections.api.ConfigurationSpec;
import dev.connections.api.Field;
import dev.connections.http.NetworkFields;
import dev.connections.http.ServiceFields;
import dev.connections.http.SignInFields;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The fields of a ServiceNow connection. */
final class ServiceNowFields {
  /** What counts as a schema: ServiceNow has none of its own. */
  enum Schemas {
    /** The whole instance is one. */
    INSTANCE,
    /** Each application's scope is one. */
    SCOPE
  }

  private static final String EXAMPLE = "https://dev12345.service-now.com";

  static final Field<String> INSTANCE =
      ServiceFields.address("instance_url")
          .label("Instance")
          .help("The address of the instance.")
          .example(EXAMPLE);

  static final Field<String> API_VERSION =
      Field.text("api_version")
          .label("Table API")
          .help("The path of the Table API, or its version.")
          .suggestions("now/table", "v1", "v2")
          .preset("now/table");

  static final Field<Schemas> SCHEMAS =
      Field.choice("advanced.schemas", Schemas.class)
          .label("Schemas")
          .help("instance makes one schema of the instance; scope makes one of each application.")
          .preset(Schemas.INSTANCE);

  static final Field<Boolean> CHOICES =
      Field.flag("advanced.choices")
          .label("Read choices")
          .help("Whether the values that columns offer to choose from are read too.")
          .preset(false);

  static final Field<String> LANGUAGE =
      Field.text("advanced.label_language")
          .label("Language of labels")
          .help("Two letters. Left empty, labels are in the instance's own language.")
          .example("de")
          .range(2, 2);

  static final Field<Integer> PAGE_SIZE =
      Field.integer("advanced.page_size")
          .label("Page size")
          .help("How many records one request reads. The dictionary has pages of its own.")
          .preset(1_000)
          .range(1, 10_000);

  static final Field<Integer> RATE_LIMIT =
      Field.integer("advanced.rate_limit")
          .label("Requests per hour")
          .help("A budget that is spent as fast as it is needed; an import takes some fifteen.")
          .range(1, 1_000_000);

  static final Field<Duration> CONNECT_TIMEOUT =
      Field.seconds("advanced.connection_timeout")
          .label("Connection time-out")
          .preset(Duration.ofSeconds(20))
          .range(1, 600);

  static final Field<Duration> TIMEOUT =
      ServiceFields.timeout(Duration.ofSeconds(75))
          .help("The instance itself cancels a request after a minute.");

  static final ConfigurationSpec SPEC =
      ConfigurationSpec.version(1)
          .group("instance", "Instance", INSTANCE, API_VERSION)
          .group(
              "authentication",
              "Authentication",
              SignInFields.all("Of the application in the instance's application registry."))
          .group(
              "advanced",
              "Advanced",
              SCHEMAS,
              CHOICES,
              LANGUAGE,
              ServiceFields.ROW_PREVIEW,
              PAGE_SIZE,
              RATE_LIMIT,
              CONNECT_TIMEOUT,
              TIMEOUT)
          .group("network", "Network", NetworkFields.all())
          .rule(ServiceNowFields::address)
          .rule(SignInFields::check)
          .rule(NetworkFields::check)
          .build();

  private ServiceNowFields() {}

  /** {@return the path of the Table API; empty if it is none} */
  static Optional<List<String>> path(Configuration configuration) {
    String text = configuration.get(API_VERSION).strip().replaceAll("^/?(api/)?|/$", "");
    if (text.matches("v[1-9]")) {
      return Optional.of(List.of("api", "now", text, "table"));
    }
    return text.matches("now/(v[1-9]/)?table")
        ? Optional.of(List.of(("api/" + text).split("/", -1)))
        : Optional.empty();
  }

  private static List<ConfigurationProblem> address(Configuration configuration) {
    List<ConfigurationProblem> problems =
        new ArrayList<>(ServiceFields.check(configuration, INSTANCE, EXAMPLE));
    if (path(configuration).isEmpty()) {
      problems.add(
          ConfigurationProblem.of(
              API_VERSION,
              "Table API has none of its forms.",
              "Enter now/table, now/v2/table, v1 or v2."));
    }
    if (configuration.find(LANGUAGE).filter(code -> !code.matches("[a-z]{2}")).isPresent()) {
      problems.add(
          ConfigurationProblem.of(
              LANGUAGE, "Language of labels isn't a code of two letters.", "Enter one like de."));
    }
    return problems;
  }
}
