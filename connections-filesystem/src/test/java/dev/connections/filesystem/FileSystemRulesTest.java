package dev.connections.filesystem;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.File;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class FileSystemRulesTest {
  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("dev.connections.filesystem");

  @Test
  void the_module_sees_the_api_and_readers_of_formats_only() {
    classes()
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage(
            "java..",
            "org.jspecify.annotations..",
            "dev.connections.api..",
            "dev.connections.filesystem..",
            "com.fasterxml.jackson.core..",
            "io.airlift.compress..",
            "javax.xml..",
            "org.apache.parquet.format..",
            "shaded.parquet.org.apache.thrift..")
        .check(CLASSES);
  }

  @Test
  void what_is_exported_shows_nothing_internal() {
    classes()
        .that()
        .resideInAPackage("dev.connections.filesystem")
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage(
            "java..", "org.jspecify..", "dev.connections.api..", "dev.connections.filesystem")
        .check(CLASSES);
  }

  @Test
  void packages_depend_on_each_other_in_one_direction() {
    slices()
        .matching("dev.connections.filesystem.internal.(*)..")
        .should()
        .beFreeOfCycles()
        .check(CLASSES);
    noClasses()
        .that()
        .resideOutsideOfPackage("dev.connections.filesystem.internal.adapter..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("dev.connections.filesystem.internal.adapter..")
        .check(CLASSES);
  }

  @Test
  void readers_of_formats_know_neither_listings_nor_paths() {
    noClasses()
        .that()
        .resideInAnyPackage(
            "..text..", "..json..", "..parquet..", "..avro..", "..orc..", "..xml..", "..excel..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("..listing..", "..paths..", "..adapter..", "java.nio.file..")
        .check(CLASSES);
  }

  @Test
  void no_path_is_made_a_file_of_the_default_file_system() {
    noClasses().should().dependOnClassesThat().belongToAnyOf(File.class).check(CLASSES);
    noClasses().should().callMethod(Path.class, "toFile").check(CLASSES);
  }
}
