package dev.connections.jdbc;

import dev.connections.api.Attempt;
import dev.connections.api.Operation;
import dev.connections.api.RemoteCalls;
import java.util.List;
import java.util.function.Function;

/** What attempts opened: if one opens it too late, when nobody waits any more, it is closed. */
final class Opened<T extends SafeCloseable> {
  private List<T> last = List.of();
  private boolean givenUp;

  private Opened() {}

  /** Opens something by a call that may be repeated. */
  static <T extends SafeCloseable> T by(
      RemoteCalls calls, String name, Operation operation, Function<Attempt, T> opening) {
    Opened<T> opened = new Opened<>();
    try {
      return calls.read(name, operation, attempt -> opened.keep(opening.apply(attempt)));
    } catch (RuntimeException e) {
      opened.giveUp();
      throw e;
    }
  }

  private synchronized T keep(T made) {
    if (givenUp) {
      made.close();
    }
    last = List.of(made);
    return made;
  }

  private synchronized void giveUp() {
    givenUp = true;
    last.forEach(SafeCloseable::close);
  }
}
