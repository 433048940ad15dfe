package dev.connections.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class ConnectionTypeTest {
  private static final Preset RDS =
      new Preset("aws-rds", "AWS RDS", ConfigurationValues.empty().with("flavor", "aws-rds"));
  private static final ConnectionType TYPE =
      ConnectionType.of("mssql", "SQL Server", ConnectionType.Family.DATABASE)
          .storedAs("MSSQL_OLD")
          .storedAs("AWS_RDS_MSSQL", RDS)
          .icon("database")
          .color("#CC2927")
          .documentation(URI.create("https://example.com/mssql"))
          .build();

  @Test
  void stored_names_are_compared_without_regard_to_case() {
    assertThat(TYPE.isNamed("MSSQL")).isTrue();
    assertThat(TYPE.isNamed("mssql_old")).isTrue();
    assertThat(TYPE.isNamed("Aws_Rds_Mssql")).isTrue();
    assertThat(TYPE.isNamed("postgresql")).isFalse();
  }

  @Test
  void a_stored_name_may_stand_for_a_preset() {
    assertThat(TYPE.presetOf("aws_rds_mssql")).contains(RDS);
    assertThat(TYPE.presetOf("MSSQL_OLD")).isEmpty();
    assertThat(TYPE.presetOf("mssql")).isEmpty();
  }

  @Test
  void a_type_tells_what_a_list_shows() {
    assertThat(TYPE.displayName()).isEqualTo("SQL Server");
    assertThat(TYPE.icon()).contains("database");
    assertThat(TYPE.color()).contains("#CC2927");
    assertThat(TYPE.documentation()).contains(URI.create("https://example.com/mssql"));
  }

  @Test
  void malformed_parts_are_refused() {
    assertThatThrownBy(() -> ConnectionType.of("MSSQL", "x", ConnectionType.Family.OTHER).build())
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> ConnectionType.of("a", "x", ConnectionType.Family.OTHER).color("red"))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(
            () ->
                new ConnectionType(
                    "a",
                    "A",
                    ConnectionType.Family.OTHER,
                    List.of(new ConnectionType.StoredName("B", Optional.of("none"))),
                    List.of(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("unknown preset");
  }
}
