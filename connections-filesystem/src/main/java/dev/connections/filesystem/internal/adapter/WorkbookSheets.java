package dev.connections.filesystem.internal.adapter;

import dev.connections.api.ConnectionException;
import dev.connections.api.Failure;
import dev.connections.api.Notice;
import dev.connections.api.NoticeCode;
import dev.connections.api.Operation;
import dev.connections.api.SchemaName;
import dev.connections.filesystem.internal.FileFailures;
import dev.connections.filesystem.internal.FileFormat;
import dev.connections.filesystem.internal.listing.FoundTable;
import dev.connections.filesystem.internal.listing.FoundTable.SingleFile;
import dev.connections.filesystem.internal.listing.ListingReceiver;
import dev.connections.filesystem.internal.paths.BaseDirectory;

/**
 * Tells a listing's hearer of each sheet of a workbook instead of the workbook. Only workbooks are
 * opened for it; one that can't be read is told as it is, and its reading will say why.
 */
final class WorkbookSheets implements ListingReceiver {
  private final ListingReceiver receiver;
  private final TableReader reader;
  private final BaseDirectory base;
  private final Operation operation;

  WorkbookSheets(
      ListingReceiver receiver, TableReader reader, BaseDirectory base, Operation operation) {
    this.receiver = receiver;
    this.reader = reader;
    this.base = base;
    this.operation = operation;
  }

  @Override
  public void table(FoundTable table) {
    if (table instanceof SingleFile file && file.format() == FileFormat.XLSX) {
      sheets(file);
    } else {
      receiver.table(table);
    }
  }

  private void sheets(SingleFile workbook) {
    TableReader.Sheets sheets;
    try {
      sheets = reader.sheets(base, workbook, operation);
    } catch (ConnectionException e) {
      operation.checkpoint(); // if all is over, this isn't the workbook's failure
      receiver.table(workbook);
      return;
    }
    for (String sheet : sheets.names()) {
      receiver.table(workbook.ofSheet(sheet));
    }
    if (sheets.hidden() > 0 || sheets.names().isEmpty()) {
      receiver.notice(left(workbook, sheets));
    }
  }

  private static Notice left(SingleFile workbook, TableReader.Sheets sheets) {
    String shown = FileFailures.shown(workbook.path().text());
    int hidden = sheets.hidden();
    return Notice.of(
            NoticeCode.SKIPPED,
            new Notice.Scope.Schema(workbook.info().name().schema()),
            hidden == 0
                ? "The workbook '" + shown + "' has no sheet with cells."
                : hidden
                    + (hidden == 1 ? " hidden sheet" : " hidden sheets")
                    + " of the workbook '"
                    + shown
                    + (hidden == 1 ? "' was left out." : "' were left out."))
        .withHidden(hidden);
  }

  @Override
  public boolean wants(SchemaName schema) {
    return receiver.wants(schema);
  }

  @Override
  public void complete(SchemaName schema) {
    receiver.complete(schema);
  }

  @Override
  public void failed(SchemaName schema, Failure failure) {
    receiver.failed(schema, failure);
  }

  @Override
  public void notice(Notice notice) {
    receiver.notice(notice);
  }
}
