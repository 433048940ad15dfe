package dev.connections.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the documentation shows is so: its samples compile, and its links lead somewhere. */
final class DocumentationTest {
  private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
  private static final Path EXAMPLE =
      ROOT.resolve("connections-testkit/src/test/java/dev/connections/testkit/example");

  /** Its samples are excerpts of an adapter that is built and tested. */
  private static final String ON_ADAPTERS = "docs/writing-an-adapter.md";

  private static final Pattern SAMPLE = Pattern.compile("(?ms)^```java\n(.*?)^```");
  private static final Pattern BLOCK = Pattern.compile("(?ms)^```.*?^```");
  private static final Pattern LINK = Pattern.compile("\\]\\(([^)\\s]+)\\)");
  private static final Pattern HEADING = Pattern.compile("(?m)^#+ +(.*)$");

  @TempDir private Path classes;

  static List<String> pages() {
    try (Stream<Path> docs = Files.list(ROOT.resolve("docs"));
        Stream<Path> general = Files.list(ROOT)) {
      return Stream.concat(general, docs)
          .map(page -> ROOT.relativize(page).toString().replace('\\', '/'))
          .filter(page -> page.endsWith(".md"))
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @ParameterizedTest
  @MethodSource("pages")
  void every_link_within_the_repository_leads_somewhere(String page) {
    List<String> dead = new ArrayList<>();
    Matcher links = LINK.matcher(BLOCK.matcher(text(page)).replaceAll(""));
    while (links.find()) {
      String link = links.group(1);
      if (!link.matches("[a-z]+:.*") && !leadsSomewhere(page, link)) {
        dead.add(link);
      }
    }
    assertThat(dead).isEmpty();
  }

  private static boolean leadsSomewhere(String page, String link) {
    String[] parts = link.split("#", 2);
    Path target =
        parts[0].isEmpty()
            ? ROOT.resolve(page)
            : ROOT.resolve(page).resolveSibling(parts[0]).normalize();
    if (!target.startsWith(ROOT) || !Files.exists(target)) {
      return false;
    }
    return parts.length == 1
        || HEADING
            .matcher(BLOCK.matcher(text(ROOT.relativize(target).toString())).replaceAll(""))
            .results()
            .anyMatch(heading -> anchor(heading.group(1)).equals(parts[1]));
  }

  /** The anchor that a page of Markdown gives a heading. */
  private static String anchor(String heading) {
    return heading
        .strip()
        .toLowerCase(Locale.ROOT)
        .replaceAll("[^\\p{L}\\p{N}_ -]", "")
        .replace(' ', '-');
  }

  @Test
  void every_sample_compiles() {
    List<CompiledSamples.Sample> samples = new ArrayList<>();
    for (String page : pages()) {
      if (!page.equals(ON_ADAPTERS)) {
        SAMPLE
            .matcher(text(page))
            .results()
            .forEach(sample -> samples.add(new CompiledSamples.Sample(page, sample.group(1))));
      }
    }

    assertThat(samples).hasSizeGreaterThan(25);
    assertThat(CompiledSamples.problems(samples, classes)).isEmpty();
  }

  @Test
  void a_sample_that_does_not_compile_is_told_with_its_page() {
    List<CompiledSamples.Sample> samples =
        List.of(
            new CompiledSamples.Sample("docs/right.md", "mine.list(ConnectionFilter.all(), null);"),
            new CompiledSamples.Sample("docs/wrong.md", "mine.enumerate();"));

    assertThat(CompiledSamples.problems(samples, classes))
        .hasSize(1)
        .first()
        .asString()
        .contains("docs/wrong.md")
        .contains("enumerate");
  }

  @Test
  void what_the_page_on_adapters_shows_stands_in_the_example() throws IOException {
    String example;
    try (Stream<Path> files = Files.list(EXAMPLE)) {
      example = files.map(file -> dense(read(file))).collect(Collectors.joining());
    }
    List<String> strangers = new ArrayList<>();
    Matcher samples = SAMPLE.matcher(text(ON_ADAPTERS));
    while (samples.find()) {
      for (String part : samples.group(1).split("(?m)^\\s*\\.\\.\\..*$|^\\s*$")) {
        if (!samples.group(1).startsWith("module ") && !example.contains(dense(part))) {
          strangers.add(part);
        }
      }
    }
    assertThat(strangers).isEmpty();
  }

  /** Without white space, which the page sets as it likes. */
  private static String dense(String text) {
    return text.replaceAll("\\s+", "");
  }

  private static String text(String page) {
    return read(ROOT.resolve(page));
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
