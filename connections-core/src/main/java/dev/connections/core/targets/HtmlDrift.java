package dev.connections.core.targets;

import dev.connections.core.importing.MetadataChange;
import dev.connections.core.importing.SchemaDrift;
import dev.connections.core.importing.TableDrift;
import dev.connections.core.internal.json.TableJson;
import java.io.IOException;
import java.io.Writer;

/** Writes what became of the tables since the snapshot. */
record HtmlDrift(Writer out) {
  void write(SchemaDrift drift) throws IOException {
    out.write("<section aria-labelledby=\"h-drift\">\n");
    out.write("<h2 id=\"h-drift\">What changed since " + HtmlPage.time(drift.since()) + "</h2>\n");
    if (drift.isEmpty()) {
      out.write("<p>Nothing: the tables are as they were.</p>\n</section>\n");
      return;
    }
    out.write("<p>" + Html.text(drift.summary()) + "</p>\n<ul class=\"drift\">\n");
    for (TableDrift table : drift.tables()) {
      table(table);
    }
    out.write("</ul>\n");
    if (drift.moreTables() > 0) {
      out.write("<p>" + HtmlPage.number(drift.moreTables()) + " more tables are not shown.</p>\n");
    }
    out.write("</section>\n");
  }

  private void table(TableDrift table) throws IOException {
    String kind = TableJson.lower(table.kind());
    out.write("<li class=\"" + kind + "\"><span class=\"badge " + kind + "\">");
    out.write(kind + "</span> <strong>" + Html.text(table.name().display()) + "</strong>");
    if (table.breaking()) {
      out.write(" <span class=\"badge failed\">breaking</span>");
    }
    if (!table.changes().isEmpty()) {
      out.write("\n<ul>\n");
      for (MetadataChange change : table.changes()) {
        out.write("<li>" + Html.text(change.sentence()) + "</li>\n");
      }
      if (table.moreChanges() > 0) {
        out.write(
            "<li>" + HtmlPage.number(table.moreChanges()) + " more changes are not shown.</li>\n");
      }
      out.write("</ul>");
    }
    if (table.kind() == TableDrift.Kind.UNSEEN) {
      out.write(" <span class=\"quiet\">removed, or hidden from this login</span>");
    }
    out.write("</li>\n");
  }
}
