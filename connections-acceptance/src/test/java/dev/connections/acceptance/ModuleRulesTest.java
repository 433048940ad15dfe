package dev.connections.acceptance;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noMethods;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClass.Predicates;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.core.importer.Location;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** What may know what: api ← core, api ← plugins, api ← testkit; a host joins them. */
@AnalyzeClasses(
    packages = "dev.connections",
    importOptions = {ImportOption.DoNotIncludeTests.class, ModuleRulesTest.NoTestJars.class})
final class ModuleRulesTest {
  /** Endpoints that a module's tests lend to other modules know more than the module does. */
  static final class NoTestJars implements ImportOption {
    @Override
    public boolean includes(Location location) {
      return !location.contains("-tests.jar");
    }
  }

  @ArchTest
  static final ArchRule the_api_knows_the_jdk_and_nothing_else =
      classes()
          .that()
          .resideInAPackage("dev.connections.api..")
          .should()
          .onlyDependOnClassesThat()
          .resideInAnyPackage(
              "dev.connections.api..", "java..", "javax.net.ssl..", "org.jspecify..");

  @ArchTest
  static final ArchRule the_api_knows_neither_sql_nor_logging =
      noClasses()
          .that()
          .resideInAPackage("dev.connections.api..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("java.sql..", "java.util.logging..");

  @ArchTest
  static final ArchRule core_knows_no_plugin_and_no_toolkit =
      noClasses()
          .that()
          .resideInAPackage("dev.connections.core..")
          .should()
          .dependOnClassesThat(
              Predicates.resideInAPackage("dev.connections..")
                  .and(
                      Predicates.resideOutsideOfPackages(
                          "dev.connections.core..", "dev.connections.api..")));

  @ArchTest
  static final ArchRule the_store_knows_core_and_no_plugin =
      noClasses()
          .that()
          .resideInAPackage("dev.connections.store..")
          .should()
          .dependOnClassesThat(
              Predicates.resideInAPackage("dev.connections..")
                  .and(
                      Predicates.resideOutsideOfPackages(
                          "dev.connections.store..",
                          "dev.connections.core..",
                          "dev.connections.api..")));

  @ArchTest
  static final ArchRule a_plugin_knows_neither_core_nor_another_plugin =
      noClasses()
          .that()
          .resideInAPackage("dev.connections.filesystem..")
          .should()
          .dependOnClassesThat(
              Predicates.resideInAPackage("dev.connections..")
                  .and(
                      Predicates.resideOutsideOfPackages(
                          "dev.connections.filesystem..", "dev.connections.api..")));

  @ArchTest
  static final ArchRule the_jdbc_toolkit_knows_the_api_alone =
      noClasses()
          .that()
          .resideInAPackage("dev.connections.jdbc..")
          .should()
          .dependOnClassesThat(
              Predicates.resideInAPackage("dev.connections..")
                  .and(
                      Predicates.resideOutsideOfPackages(
                          "dev.connections.jdbc..", "dev.connections.api..")));

  @ArchTest
  static final ArchRule the_http_toolkit_knows_the_api_alone =
      noClasses()
          .that()
          .resideInAPackage("dev.connections.http..")
          .should()
          .dependOnClassesThat(
              Predicates.resideInAPackage("dev.connections..")
                  .and(
                      Predicates.resideOutsideOfPackages(
                          "dev.connections.http..", "dev.connections.api..")));

  private static final DescribedPredicate<JavaClass> BENEATH_THE_HTTP_TOOLKIT =
      Predicates.resideInAnyPackage("okhttp3..", "okio..", "kotlin..", "com.fasterxml..");

  @ArchTest
  static final ArchRule nothing_beneath_the_http_toolkit_shows_in_it =
      noMethods()
          .that()
          .arePublic()
          .and()
          .areDeclaredInClassesThat()
          .resideInAPackage("dev.connections.http..")
          .and()
          .areDeclaredInClassesThat()
          .arePublic()
          .should()
          .haveRawReturnType(BENEATH_THE_HTTP_TOOLKIT)
          .orShould()
          .haveRawParameterTypes(DescribedPredicate.anyElementThat(BENEATH_THE_HTTP_TOOLKIT));

  @ArchTest
  static final ArchRule postgresql_knows_its_toolkit_and_no_other_plugin =
      noClasses()
          .that()
          .resideInAPackage("dev.connections.postgresql..")
          .should()
          .dependOnClassesThat(
              Predicates.resideInAPackage("dev.connections..")
                  .and(
                      Predicates.resideOutsideOfPackages(
                          "dev.connections.postgresql..",
                          "dev.connections.jdbc..",
                          "dev.connections.api..")));

  @ArchTest
  static final ArchRule mssql_knows_its_toolkit_and_no_other_plugin =
      noClasses()
          .that()
          .resideInAPackage("dev.connections.mssql..")
          .should()
          .dependOnClassesThat(
              Predicates.resideInAPackage("dev.connections..")
                  .and(
                      Predicates.resideOutsideOfPackages(
                          "dev.connections.mssql..",
                          "dev.connections.jdbc..",
                          "dev.connections.api..")));

  @ArchTest
  static final ArchRule servicenow_knows_its_toolkit_and_no_other_plugin =
      noClasses()
          .that()
          .resideInAPackage("dev.connections.servicenow..")
          .should()
          .dependOnClassesThat(
              Predicates.resideInAPackage("dev.connections..")
                  .and(
                      Predicates.resideOutsideOfPackages(
                          "dev.connections.servicenow..",
                          "dev.connections.http..",
                          "dev.connections.api..")));

  @ArchTest
  static final ArchRule databricks_knows_its_toolkits_and_no_other_plugin =
      noClasses()
          .that()
          .resideInAPackage("dev.connections.databricks..")
          .should()
          .dependOnClassesThat(
              Predicates.resideInAPackage("dev.connections..")
                  .and(
                      Predicates.resideOutsideOfPackages(
                          "dev.connections.databricks..",
                          "dev.connections.http..",
                          "dev.connections.jdbc..",
                          "dev.connections.api..")));

  @ArchTest
  static final ArchRule the_testkit_knows_the_api_alone =
      noClasses()
          .that()
          .resideInAPackage("dev.connections.testkit..")
          .should()
          .dependOnClassesThat(
              Predicates.resideInAPackage("dev.connections..")
                  .and(
                      Predicates.resideOutsideOfPackages(
                          "dev.connections.testkit..", "dev.connections.api..")));

  @ArchTest
  static final ArchRule nobody_prints =
      noClasses()
          .should()
          .accessField(System.class, "out")
          .orShould()
          .accessField(System.class, "err");

  @ArchTest
  static final ArchRule no_name_says_nothing =
      noClasses()
          .should()
          .haveSimpleNameEndingWith("Manager")
          .orShould()
          .haveSimpleNameEndingWith("Helper")
          .orShould()
          .haveSimpleNameEndingWith("Util")
          .orShould()
          .haveSimpleNameEndingWith("Utils")
          .orShould()
          .haveSimpleNameEndingWith("Impl");
}
