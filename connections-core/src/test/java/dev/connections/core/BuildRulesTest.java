package dev.connections.core;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.crypto.tink.InsecureSecretKeyAccess;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.syntax.ArchRuleDefinition;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Rules which the build keeps only as long as they name what is there. */
class BuildRulesTest {
  @Test
  void each_package_whose_every_line_is_to_be_covered_is_there() throws IOException {
    List<String> packages =
        Pattern.compile("<include>(dev\\.connections\\.core[a-z.]*)</include>")
            .matcher(Files.readString(Path.of("pom.xml")))
            .results()
            .map(match -> match.group(1))
            .toList();
    assertThat(packages)
        .contains(
            "dev.connections.core.access",
            "dev.connections.core.secrets",
            "dev.connections.core.internal.sealing")
        .allSatisfy(
            name ->
                assertThat(Path.of("src/main/java", name.replace('.', '/'), "package-info.java"))
                    .exists());
  }

  @Test
  void only_one_class_handles_key_material_in_the_clear() {
    JavaClasses classes =
        new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("dev.connections.core");
    ArchRuleDefinition.noClasses()
        .that()
        .doNotHaveFullyQualifiedName("dev.connections.core.secrets.KeyEncryptionKey")
        .should()
        .dependOnClassesThat()
        .areAssignableTo(InsecureSecretKeyAccess.class)
        .check(classes);
  }
}
