package dev.connections.core.targets;

import dev.connections.core.importing.ImportLedger;
import dev.connections.core.importing.ImportReport;
import java.io.IOException;
import java.io.Writer;
import java.util.Locale;

/** Writes what an import came to, in figures, and that its ledger balances. */
record HtmlSummary(Writer out, ImportReport report) {
  void write(long losses, long notes) throws IOException {
    ImportLedger ledger = report.ledger();
    out.write("<section aria-labelledby=\"h-summary\">\n");
    out.write("<h2 id=\"h-summary\">Summary</h2>\n<dl class=\"cards\">\n");
    card("Tables", ledger.imported(), "of " + HtmlPage.number(ledger.listed()) + " listed", "");
    card("Columns", report.columns(), "", "");
    long outside = report.relationships().outside();
    card(
        "Relationships",
        report.relationships().total(),
        outside > 0 ? HtmlPage.number(outside) + " lead outside" : "",
        "");
    card("Failed", ledger.failed(), "", ledger.failed() > 0 ? "bad" : "");
    card("Excluded", ledger.excluded(), "", "");
    card(
        "Losses",
        losses,
        HtmlPage.number(notes) + (notes == 1 ? " note besides" : " notes besides"),
        losses > 0 ? "warn" : "");
    cardText("Duration", Html.text(HtmlPage.duration(report.took())), "", "");
    out.write("</dl>\n");
    ledger(ledger);
    out.write("</section>\n");
  }

  private void ledger(ImportLedger ledger) throws IOException {
    out.write("<figure class=\"ledger\">\n");
    out.write(
        "<svg class=\"bar\" viewBox=\"0 0 1000 10\" preserveAspectRatio=\"none\""
            + " aria-hidden=\"true\">");
    long done = 0;
    done = segment("imported", done, ledger.imported(), ledger.listed());
    done = segment("unchanged", done, ledger.unchanged(), ledger.listed());
    done = segment("excluded", done, ledger.excluded(), ledger.listed());
    segment("failed", done, ledger.failed(), ledger.listed());
    out.write("</svg>\n<figcaption><ul>");
    legend("imported", ledger.imported());
    legend("unchanged", ledger.unchanged());
    legend("excluded", ledger.excluded());
    legend("failed", ledger.failed());
    out.write("</ul><p>");
    out.write(
        ledger.balances()
            ? "The ledger balances: each of "
                + HtmlPage.number(ledger.listed())
                + " listed tables ended in"
                + " exactly one of these."
            : "<strong>The ledger doesn't balance: "
                + HtmlPage.number(ledger.listed())
                + " tables were listed.</strong>");
    out.write("</p></figcaption>\n</figure>\n");
  }

  private long segment(String kind, long from, long count, long all) throws IOException {
    if (count > 0 && all > 0) {
      String x = String.format(Locale.ROOT, "%.2f", 1000.0 * from / all);
      String wide = String.format(Locale.ROOT, "%.2f", Math.max(2, 1000.0 * count / all));
      out.write(
          "<rect class=\""
              + kind
              + "\" x=\""
              + x
              + "\" y=\"0\" width=\""
              + wide
              + "\" height=\"10\"/>");
    }
    return from + count;
  }

  private void legend(String kind, long count) throws IOException {
    out.write(
        "<li><span class=\"dot "
            + kind
            + "\"></span>"
            + HtmlPage.number(count)
            + " "
            + kind
            + "</li>");
  }

  private void card(String name, long count, String words, String tone) throws IOException {
    cardText(name, HtmlPage.number(count), words, tone);
  }

  private void cardText(String name, String value, String words, String tone) throws IOException {
    out.write("<div class=\"card " + tone + "\"><dt>" + name + "</dt><dd>" + value + "</dd>");
    out.write(words.isEmpty() ? "" : "<dd class=\"quiet\">" + words + "</dd>");
    out.write("</div>\n");
  }
}
