package dev.connections.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.connections.api.ConfigurationValues;
import dev.connections.api.ConnectionString.Imported;
import dev.connections.api.Field;
import dev.connections.api.Notice;
import dev.connections.api.NoticeCode;
import dev.connections.api.Secret;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class UrlFieldsTest {
  private static final Field<String> USER = Field.text("user");
  private static final Field<Secret> PASSWORD = Field.secret("password");
  private static final Field<Integer> WAIT = Field.integer("wait");

  private static final UrlFields FIELDS =
      UrlFields.none()
          .take(USER, "user", "userName")
          .take(PASSWORD, "password")
          .take(
              WAIT,
              text ->
                  text.matches("\\d+000")
                      ? Optional.of(Integer.parseInt(text) / 1000)
                      : Optional.empty(),
              "socketTimeout")
          .leave("It names a file.", "trustStore");

  private static Imported read(List<UrlProperty> properties) {
    return FIELDS.read(ConfigurationValues.empty(), properties, List.of());
  }

  private static List<UrlProperty> list(String text) {
    return UrlProperty.ofList(text);
  }

  @Test
  void a_query_is_decoded_and_a_plus_stays_one() {
    assertThat(UrlProperty.ofQuery("a=1&b%20c=x%26y+z&&alone"))
        .containsExactly(
            new UrlProperty("a", "1"),
            new UrlProperty("b c", "x&y+z"),
            new UrlProperty("", "alone"));
    assertThatThrownBy(() -> UrlProperty.ofQuery("a=%zz"))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void a_list_may_have_values_in_braces() {
    assertThat(list("user=sa; password = {p;a}}s=s} ;database=x;;"))
        .containsExactly(
            new UrlProperty("user", "sa"),
            new UrlProperty("password", "p;a}s=s"),
            new UrlProperty("database", "x"));
    assertThat(list("a={};b={}}}")).extracting(UrlProperty::value).containsExactly("", "}");
    assertThat(list("alone")).containsExactly(new UrlProperty("", "alone"));
  }

  @Test
  void a_brace_that_isnt_closed_is_refused() {
    assertThatThrownBy(() -> list("password={abc;database=x"))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> list("password={abc}d;database=x"))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void secrets_go_to_secret_fields_and_are_in_no_text() {
    Imported imported = read(list("USERNAME=ada;Password=canary-41d0"));

    assertThat(imported.values().find("user")).contains("ada");
    assertThat(imported.values().find("password").orElseThrow())
        .isInstanceOfSatisfying(
            Secret.class,
            secret -> assertThat(secret.<String>use(String::new)).isEqualTo("canary-41d0"));
    assertThat(imported.toString()).doesNotContain("canary-41d0");
    assertThat(list("password=canary-41d0").toString()).doesNotContain("canary-41d0");
  }

  @Test
  void a_value_is_turned_into_that_of_the_field() {
    assertThat(read(list("socketTimeout=5000")).values().find("wait").orElseThrow()).isEqualTo(5);
  }

  @Test
  void what_has_no_field_is_told_by_name_and_not_by_value() {
    Imported imported =
        read(list("trustStore=/canary-file;colour=canary-red;socketTimeout=canary-x;canary-alone"));

    assertThat(imported.values().paths()).isEmpty();
    assertThat(imported.left())
        .hasSize(4)
        .extracting(Notice::code)
        .containsOnly(NoticeCode.SKIPPED);
    assertThat(imported.left().get(0).message()).contains("trustStore");
    assertThat(imported.left().get(0).remedy()).contains("It names a file.");
    assertThat(imported.left().get(1).message()).contains("colour");
    assertThat(imported.left().get(2).remedy().orElseThrow()).contains("Wait");
    assertThat(imported.left().toString()).doesNotContain("canary");
  }

  @Test
  void what_can_be_no_name_may_be_a_piece_of_a_password_and_isnt_shown() {
    assertThat(read(list("pass!word=1;" + "x".repeat(41) + "=2")).left())
        .hasSize(2)
        .allSatisfy(
            notice -> assertThat(notice.message()).doesNotContain("pass").doesNotContain("xx"));
  }
}
