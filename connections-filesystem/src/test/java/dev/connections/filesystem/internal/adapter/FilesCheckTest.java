package dev.connections.filesystem.internal.adapter;

import static dev.connections.filesystem.internal.adapter.FilesFixture.values;
import static dev.connections.filesystem.internal.adapter.FilesFixture.write;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import dev.connections.api.ConfigurationValues;
import dev.connections.api.ConnectionAdapter;
import dev.connections.api.Failure;
import dev.connections.api.StandardErrorCode;
import dev.connections.api.TestResult;
import dev.connections.api.TestResult.Status;
import dev.connections.testkit.TestOperation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FilesCheckTest {
  @TempDir Path base;

  @Test
  void a_directory_with_a_readable_file_passes_every_step() throws IOException {
    FilesFixture.samples(base);

    TestResult result = test(values(base));

    assertThat(result.steps())
        .extracting(TestResult.Step::id)
        .containsExactly("resolve", "authorize", "read");
    assertThat(result.steps()).allMatch(step -> step.status() == Status.PASSED);
    assertThat(result.server().orElseThrow().product()).isEqualTo("File system");
    assertThat(result.server().orElseThrow().details()).isNotEmpty();
  }

  @Test
  void the_file_that_was_read_is_named_by_its_path() throws IOException {
    write(base, "people.csv", "id,name\n1,Ada\n");
    assertThat(read(test(values(base)))).contains("people.csv, 2 columns");
    Files.delete(base.resolve("people.csv"));
    write(base, "sales/june/orders.csv", "id,name\n1,Ada\n");
    assertThat(read(test(values(base)))).contains("sales/june/orders.csv, 2 columns");
  }

  private static Optional<String> read(TestResult result) {
    return result.steps().stream()
        .filter(step -> step.id().equals("read"))
        .findFirst()
        .flatMap(TestResult.Step::detail);
  }

  @Test
  void a_missing_directory_and_one_that_is_a_file_fail_at_the_first_step() throws IOException {
    assertFailure(
        test(values(base.resolve("none"))), "resolve", StandardErrorCode.NOT_FOUND, "base_path");
    write(base, "file.csv", "a,b\n");
    assertFailure(
        test(values(base.resolve("file.csv"))),
        "resolve",
        StandardErrorCode.INVALID_CONFIGURATION,
        "base_path");
  }

  @Test
  void an_archive_that_is_damaged_is_not_called_missing() throws IOException {
    write(base, "cut.zip", new byte[] {'P', 'K', 3, 4, 0, 0, 0});
    write(base, "text.csv", "a,b\n");
    for (String name : new String[] {"cut.zip", "text.csv"}) {
      assertFailure(test(archive(name)), "resolve", StandardErrorCode.MALFORMED_DATA, "base_path");
    }
    assertFailure(test(archive("none.zip")), "resolve", StandardErrorCode.NOT_FOUND, "base_path");
  }

  @Test
  void a_link_in_a_circle_cannot_be_reached() throws IOException {
    Path circle = base.resolve("circle");
    Files.createSymbolicLink(circle, circle);
    assertFailure(test(values(circle)), "resolve", StandardErrorCode.UNAVAILABLE, "base_path");
  }

  private ConfigurationValues archive(String name) {
    return ConfigurationValues.empty()
        .with("type", "uri")
        .with("base_path", "jar:" + base.resolve(name).toUri() + "!/");
  }

  @Test
  void an_empty_directory_is_warned_of() {
    TestResult result = test(values(base));

    assertThat(result.passed()).isTrue();
    assertThat(warning(result, "read").fields()).contains("base_path", "advanced.pattern");
  }

  @Test
  void a_directory_of_odd_files_works_with_a_warning() throws IOException {
    write(base, "odd.parquet", new byte[100]);

    assertThat(warning(test(values(base)), "read").code())
        .isEqualTo(StandardErrorCode.MALFORMED_DATA);
  }

  @Test
  void one_odd_file_does_not_spoil_the_test() throws IOException {
    write(base, "a.parquet", new byte[100]);
    write(base, "b.csv", "id,name\n1,x\n");

    assertThat(test(values(base)).hasWarnings()).isFalse();
  }

  @Test
  void a_directory_that_may_not_be_listed_fails_at_the_rights() throws IOException {
    assumeFalse(
        "root".equals(System.getProperty("user.name")), "rights don't bind this user: skipped");
    Files.setPosixFilePermissions(base, PosixFilePermissions.fromString("---------"));

    assertFailure(
        test(values(base)), "authorize", StandardErrorCode.PERMISSION_DENIED, "base_path");
  }

  @Test
  void a_pattern_without_end_fails_the_test_and_is_named() throws IOException {
    write(base, "a".repeat(60) + ".csv", "a,b\n1,2\n");

    assertFailure(
        test(values(base).with("advanced.pattern", "regex:(.*a){25}")),
        "read",
        StandardErrorCode.INVALID_CONFIGURATION,
        "advanced.pattern");
  }

  private static Failure warning(TestResult result, String step) {
    TestResult.Step warned = result.step(step).orElseThrow();
    assertThat(warned.status()).isEqualTo(Status.WARNING);
    return warned.failure().orElseThrow();
  }

  private static void assertFailure(
      TestResult result, String step, StandardErrorCode code, String field) {
    TestResult.Step failed = result.step(step).orElseThrow();
    assertThat(failed.status()).isEqualTo(Status.FAILED);
    assertThat(failed.failure().orElseThrow().code()).isEqualTo(code);
    assertThat(failed.failure().orElseThrow().fields()).contains(field);
    assertThat(failed.failure().orElseThrow().remedy()).isPresent();
  }

  private static TestResult test(ConfigurationValues values) {
    try (ConnectionAdapter adapter = FilesFixture.open(values)) {
      return adapter.test(TestOperation.start());
    }
  }
}
