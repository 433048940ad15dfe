package dev.connections.store.jdbc;

import java.util.function.Supplier;

/**
 * Transactions in a file: readers beside one writer. All accounts lie in it side by side, and what
 * keeps them apart is that each statement names the account.
 *
 * @param readers only read
 * @param writer writes
 * @param use ends with them
 */
record SqliteTransactions(Readers readers, Writer writer, FileUse use) implements Transactions {
  @Override
  public boolean joined() {
    return writer.isMine();
  }

  @Override
  public <T> T read(String account, Session.Work<T> work) {
    return readCommon(work);
  }

  @Override
  public <T> T write(String account, Session.Work<T> work) {
    return writer.transact(work, true);
  }

  @Override
  public <T> T writeMuch(String account, Session.Work<T> work) {
    return writeCommon(work);
  }

  @Override
  public <T> T readEveryAccount(Session.Work<T> work) {
    return readCommon(work);
  }

  @Override
  public <T> T readCommon(Session.Work<T> work) {
    return joined() ? writer.join(work) : readers.read(work);
  }

  @Override
  public <T> T writeCommon(Session.Work<T> work) {
    return writer.transact(work, false);
  }

  @Override
  public <T> T together(Supplier<T> work) {
    return writeCommon(session -> work.get());
  }

  @Override
  public void close() {
    readers.close();
    writer.close();
    use.close();
  }
}
