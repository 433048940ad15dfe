package dev.connections.core.targets;

import dev.connections.api.Failure;
import dev.connections.api.Notice;
import dev.connections.api.TestResult;
import dev.connections.core.importing.ImportContext;
import dev.connections.core.importing.ImportReport;
import dev.connections.core.importing.SchemaListing;
import dev.connections.core.importing.TableOutcome;
import dev.connections.core.internal.json.TableJson;
import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Writes the parts of a page, one after the other. */
final class HtmlPage {
  /** Characters of details that a page holds: beyond, a browser takes too long to open it. */
  private static final long MOST_DETAIL = 48_000_000;

  private static final int OPEN_NOTICES = 5;

  private static final DateTimeFormatter MINUTES =
      DateTimeFormatter.ofPattern("d MMMM uuuu, HH:mm 'UTC'", Locale.ENGLISH)
          .withZone(ZoneOffset.UTC);

  private final Writer out;
  private final ImportContext context;
  private final ImportReport report;

  HtmlPage(Writer out, ImportContext context, ImportReport report) {
    this.out = out;
    this.context = context;
    this.report = report;
  }

  void begin() throws IOException {
    String style = Resources.text("/html-report/report.css");
    String script = Resources.text("/html-report/report.js");
    String title = "Import of " + context.connectionName();
    out.write("<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n");
    out.write(
        "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; base-uri"
            + " 'none'; form-action 'none'; style-src "
            + Html.policyHash(style)
            + "; script-src "
            + Html.policyHash(script)
            + "\">\n");
    out.write("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n");
    out.write("<meta name=\"color-scheme\" content=\"light dark\">\n");
    out.write("<title>" + Html.text(title) + "</title>\n<style>" + style + "</style>\n</head>\n");
    out.write("<body>\n<header>\n<h1>" + Html.text(title) + "</h1>\n<p class=\"about\">");
    out.write("<span class=\"badge " + tone() + "\">" + status() + "</span> ");
    out.write("<span>" + Html.text(context.connectionType()) + "</span> ");
    out.write("<span>" + time(report.startedAt()) + "</span>");
    out.write("</p>\n");
    if (report.failure().isPresent()) {
      failure(report.failure().get());
    }
    out.write("</header>\n<main>\n");
  }

  void test(TestResult test) throws IOException {
    out.write("<section aria-labelledby=\"h-test\">\n<h2 id=\"h-test\">Connection test</h2>\n");
    out.write("<ol class=\"steps\">\n");
    for (TestResult.Step step : test.steps()) {
      String status = TableJson.lower(step.status());
      out.write("<li class=\"" + status + "\"><span class=\"what\">" + Html.text(step.label()));
      out.write("</span> <span class=\"badge " + status + "\">" + status + "</span> ");
      out.write("<span class=\"quiet\">" + Html.text(duration(step.took())) + "</span>");
      if (step.detail().isPresent()) {
        out.write("<p class=\"quiet\">" + Html.text(step.detail().get()) + "</p>");
      }
      if (step.failure().isPresent()) {
        failure(step.failure().get());
      }
      out.write("</li>\n");
    }
    out.write("</ol>\n</section>\n");
  }

  void failures() throws IOException {
    List<SchemaListing> unlisted =
        report.schemas().stream().filter(this::isToldAsUnlisted).toList();
    if (report.failedTables().isEmpty() && unlisted.isEmpty()) {
      return;
    }
    out.write("<section aria-labelledby=\"h-failed\">\n<h2 id=\"h-failed\">What failed</h2>\n");
    for (SchemaListing schema : unlisted) {
      out.write("<article class=\"failed\"><h3>" + Html.text(schema.schema().display()));
      out.write(" <span class=\"quiet\">not listed</span></h3>");
      if (schema.failure().isPresent()) {
        failure(schema.failure().get());
      } else {
        out.write("<p>Its listing ended before its end, so it may hold more tables.</p>");
      }
      out.write("</article>\n");
    }
    for (TableOutcome.Failed failed : report.failedTables()) {
      out.write("<article class=\"failed\"><h3>" + Html.text(failed.name().display()) + "</h3>");
      failure(failed.failure());
      out.write("</article>\n");
    }
    if (report.moreFailedTables() > 0) {
      out.write("<p>" + number(report.moreFailedTables()) + " more failed.</p>\n");
    }
    out.write("</section>\n");
  }

  /** Where an import broke off, that says enough of the schemas which it hadn't come to. */
  private boolean isToldAsUnlisted(SchemaListing schema) {
    return schema.failure().isPresent()
        || (report.status() == ImportReport.Status.INCOMPLETE && !schema.complete());
  }

  private void failure(Failure failure) throws IOException {
    out.write("<div class=\"failure\"><p><code>" + Html.text(failure.code().id()) + "</code> ");
    out.write(Html.text(failure.message()) + "</p>");
    if (failure.remedy().isPresent()) {
      out.write("<p class=\"remedy\">" + Html.text(failure.remedy().get()) + "</p>");
    }
    if (!failure.fields().isEmpty()) {
      out.write("<p class=\"quiet\">Look at: <code>");
      out.write(Html.text(String.join(", ", failure.fields())) + "</code></p>");
    }
    out.write("</div>");
  }

  void notices() throws IOException {
    if (report.notices().isEmpty()) {
      return;
    }
    boolean few = report.notices().size() <= OPEN_NOTICES;
    out.write("<section aria-labelledby=\"h-notices\">\n");
    out.write("<h2 id=\"h-notices\">What to know</h2>\n");
    out.write("<details class=\"notices\"" + (few ? " open" : "") + "><summary>");
    out.write(
        number(report.noticeCount())
            + (report.noticeCount() == 1 ? " notice" : " notices")
            + "</summary>\n<ul>\n");
    for (Notice notice : report.notices()) {
      out.write("<li>" + scope(notice.scope()).map(Html::text).map(HtmlPage::bold).orElse(""));
      out.write(Html.text(notice.message()));
      if (notice.remedy().isPresent()) {
        out.write(" <span class=\"remedy\">" + Html.text(notice.remedy().get()) + "</span>");
      }
      out.write("</li>\n");
    }
    out.write("</ul>\n");
    if (report.moreNotices() > 0) {
      out.write("<p>" + number(report.moreNotices()) + " more are not shown.</p>\n");
    }
    out.write("</details>\n</section>\n");
  }

  private static String bold(String words) {
    return "<strong>" + words + "</strong>: ";
  }

  private static Optional<String> scope(Notice.Scope scope) {
    if (scope instanceof Notice.Scope.Schema schema) {
      return Optional.of(schema.name().display());
    }
    if (scope instanceof Notice.Scope.Table table) {
      return Optional.of(table.name().display());
    }
    if (scope instanceof Notice.Scope.Column column) {
      return Optional.of(column.table().display() + ", " + column.column());
    }
    return Optional.empty();
  }

  void diagram(Relations.Picture picture) throws IOException {
    if (picture.edges().isEmpty()) {
      return;
    }
    out.write("<section aria-labelledby=\"h-diagram\">\n");
    out.write("<h2 id=\"h-diagram\">Relationships</h2>\n");
    if (picture.connected() > picture.nodes().size() || !picture.whole()) {
      out.write(
          "<p>The diagram shows the "
              + picture.nodes().size()
              + " tables with the most"
              + " relationships, of "
              + number(picture.connected())
              + (picture.whole() ? "" : " or more")
              + ".</p>\n");
    }
    out.write("<div class=\"canvas\" tabindex=\"0\" role=\"region\" aria-label=\"Diagram\">\n");
    out.write(Diagram.svg(picture));
    out.write("</div>\n<details><summary>The same as a list</summary>\n<ul>\n");
    for (Relations.Edge edge : picture.edges()) {
      out.write("<li>" + Html.text(edge.from().display()) + " (");
      out.write(Html.text(String.join(", ", edge.columns())) + ") refers to ");
      out.write(Html.text(edge.to().display()) + "</li>\n");
    }
    out.write("</ul>\n</details>\n</section>\n");
  }

  void tables(TableSpool tables) throws IOException {
    out.write("<section aria-labelledby=\"h-tables\">\n<h2 id=\"h-tables\">Tables</h2>\n");
    out.write("<div class=\"tools\" id=\"tools\" hidden></div>\n");
    out.write("<p id=\"count\" class=\"quiet\" role=\"status\"></p>\n<div id=\"list\"></div>\n");
    out.write("<noscript><p>The list of tables is drawn by a script in this page; allow it to");
    out.write(" run, or read the snapshot.</p></noscript>\n");
    out.write("<script type=\"application/x-ndjson\" id=\"tables\">\n");
    tables.forEach((name, bytes) -> out.write(part(bytes, 0) + "\n"));
    out.write("</script>\n<script type=\"application/x-ndjson\" id=\"details\">\n");
    long[] written = {0};
    tables.forEach(
        (name, bytes) -> {
          String line = part(bytes, 1);
          written[0] += line.length();
          out.write(written[0] <= MOST_DETAIL ? line + "\n" : "\n");
        });
    out.write("</script>\n</section>\n");
  }

  private static String part(byte[] bytes, int at) {
    return new String(bytes, StandardCharsets.UTF_8).split("\n", 2)[at];
  }

  void end() throws IOException {
    out.write("</main>\n<footer><p>Written by Connections " + Html.text(Release.version()));
    out.write(". This page is complete in itself and sends nothing.</p></footer>\n<script>");
    out.write(Resources.text("/html-report/report.js"));
    out.write("</script>\n</body>\n</html>\n");
  }

  private String status() {
    return switch (report.status()) {
      case COMPLETE -> "Complete";
      case INCOMPLETE -> "Incomplete";
      case UNCHANGED -> "Nothing had changed";
      case CANCELLED -> "Cancelled";
      case FAILED -> "Failed";
    };
  }

  private String tone() {
    return switch (report.status()) {
      case COMPLETE, UNCHANGED -> "passed";
      case INCOMPLETE, CANCELLED -> "warning";
      case FAILED -> "failed";
    };
  }

  static String time(Instant instant) {
    return "<time datetime=\"" + instant + "\">" + MINUTES.format(instant) + "</time>";
  }

  static String duration(Duration took) {
    long millis = took.toMillis();
    if (millis < 1000) {
      return millis + " ms";
    }
    if (millis < 60_000) {
      return String.format(Locale.ROOT, "%.1f s", millis / 1000.0);
    }
    return took.toHours() > 0
        ? took.toHours() + " h " + took.toMinutesPart() + " min"
        : took.toMinutes() + " min " + took.toSecondsPart() + " s";
  }

  static String number(long count) {
    return String.format(Locale.ENGLISH, "%,d", count);
  }
}
