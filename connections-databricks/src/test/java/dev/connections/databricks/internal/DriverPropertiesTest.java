package dev.connections.databricks.internal;

import static org.assertj.core.api.Assertions.assertThat;

import com.databricks.jdbc.common.DatabricksJdbcUrlParams;
import dev.connections.api.Configuration;
import dev.connections.api.ConfigurationValues;
import dev.connections.api.Secret;
import dev.connections.http.HttpService;
import dev.connections.testkit.TestAdapterContext;
import java.time.Duration;
import java.util.Optional;
import java.util.Properties;
import org.junit.jupiter.api.Test;

class DriverPropertiesTest {
  private final ConfigurationValues values =
      ConfigurationValues.empty()
          .with("workspace_url", "https://dbc-1.cloud.databricks.com")
          .with("authentication.token", Secret.of("dapi-1"))
          .with("compute.warehouse_id", "abc");

  private static Properties of(ConfigurationValues values) {
    Configuration configuration = DatabricksFields.SPEC.bind(values);
    try (HttpService service = Workspace.open(configuration, TestAdapterContext.create())) {
      return new DriverProperties(
              configuration, ConfiguredCompute.of(configuration, service).orElseThrow())
          .of(
              new AccessTokens.Held(Secret.of("dapi-1"), Optional.empty()),
              true,
              Duration.ofSeconds(30),
              Duration.ofSeconds(7));
    }
  }

  @Test
  void each_property_is_one_that_the_driver_knows() {
    assertThat(of(values.with("proxy.host", "proxy").with("proxy.username", "me")).keySet())
        .isNotEmpty()
        .allSatisfy(
            name ->
                assertThat(DatabricksJdbcUrlParams.values())
                    .anyMatch(known -> known.getParamName().equalsIgnoreCase(name.toString())));
  }

  @Test
  void what_the_driver_would_do_unasked_is_switched_off() {
    assertThat(of(values))
        .containsEntry("EnableTelemetry", "0")
        .containsEntry("ForceEnableTelemetry", "0")
        .containsEntry("EnableTokenFederation", "0")
        .containsEntry("EnableQueryResultDownload", "0")
        .containsEntry("CheckCertRevocation", "0")
        .containsEntry("VolumeOperationAllowedLocalPaths", "")
        .containsEntry("RateLimitRetry", "0");
  }

  @Test
  void no_time_out_of_the_driver_is_longer_than_ours() {
    assertThat(of(values))
        .containsEntry("socketTimeout", "7")
        .containsEntry("TemporarilyUnavailableRetryTimeout", "30")
        .containsEntry("HttpConnectionRequestTimeout", "30");
  }

  @Test
  void a_value_that_a_user_enters_is_no_property_and_no_url() {
    Properties hostile = of(values.with("catalog", "c;ssl=0;EnableTelemetry=1"));

    assertThat(hostile)
        .containsEntry("ConnCatalog", "c;ssl=0;EnableTelemetry=1")
        .containsEntry("EnableTelemetry", "0")
        .containsEntry("ssl", "1");
  }
}
