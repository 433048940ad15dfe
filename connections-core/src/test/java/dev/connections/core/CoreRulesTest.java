package dev.connections.core;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import dev.connections.api.AdapterContext;
import dev.connections.api.Configuration;
import dev.connections.api.ConnectionAdapterProvider;
import dev.connections.core.access.AccessRules;
import dev.connections.core.audit.AuditLog;
import dev.connections.core.audit.AuditRecord;
import dev.connections.core.internal.pool.AdapterPool;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

final class CoreRulesTest {
  private static final String CORE = "dev.connections.core..";

  private static final JavaClasses CORE_CLASSES =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("dev.connections.core");

  private static void check(ArchRule rule) {
    rule.check(CORE_CLASSES);
  }

  @Test
  void core_sees_the_api_and_itself_and_no_other_module_of_ours() {
    check(
        noClasses()
            .that()
            .resideInAPackage(CORE)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                "dev.connections.testkit..",
                "dev.connections.filesystem..",
                "dev.connections.jdbc..",
                "dev.connections.http..",
                "java.sql..",
                "javax.sql.."));
  }

  @Test
  void only_the_pool_asks_a_provider_to_open_an_adapter() {
    check(
        noClasses()
            .that()
            .doNotHaveFullyQualifiedName(AdapterPool.class.getName())
            .should()
            .callMethod(
                ConnectionAdapterProvider.class,
                "open",
                Configuration.class,
                AdapterContext.class));
  }

  @Test
  void access_is_decided_in_one_place_and_stores_filter_by_the_same_rules() {
    check(
        noClasses()
            .that()
            .doNotHaveFullyQualifiedName(Access.class.getName())
            .and()
            .resideOutsideOfPackages(
                "dev.connections.core.access..", "dev.connections.core.store..")
            .should()
            .dependOnClassesThat()
            .belongToAnyOf(AccessRules.class));
  }

  @Test
  void only_one_class_writes_to_the_audit_log() {
    check(
        noClasses()
            .that()
            .doNotHaveFullyQualifiedName(Audit.class.getName())
            .should()
            .callMethod(AuditLog.class, "append", AuditRecord.class));
  }

  @Test
  void the_pool_the_cache_and_the_observer_know_nothing_of_stored_connections() {
    check(
        noClasses()
            .that()
            .resideInAnyPackage(
                "dev.connections.core.internal.pool..", "dev.connections.core.internal.cache..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                "dev.connections.core",
                "dev.connections.core.store..",
                "dev.connections.core.secrets..",
                "dev.connections.core.internal.sealing.."));
  }

  @Test
  void internal_packages_are_not_exported() throws IOException {
    List<String> exported =
        Files.readAllLines(Path.of("src/main/java/module-info.java")).stream()
            .filter(line -> line.contains("exports"))
            .toList();
    assertThat(exported).isNotEmpty().noneMatch(line -> line.contains(".internal"));
  }

  @Test
  void public_classes_of_exported_packages_are_final_or_made_to_be_implemented() {
    check(
        classes()
            .that()
            .resideOutsideOfPackage("..internal..")
            .and()
            .areTopLevelClasses()
            .and()
            .arePublic()
            .and()
            .areNotInterfaces()
            .and()
            .areNotEnums()
            .should()
            .haveModifier(JavaModifier.FINAL));
  }
}
