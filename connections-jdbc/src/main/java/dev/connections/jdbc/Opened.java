package dev.connections.jdbc;

import dev.connections.api.Attempt;
import dev.connections.api.Operation;
import dev.connections.api.RemoteCall;
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
    return kept(opening, call -> calls.read(name, operation, call));
  }

  /** Opens something by a call that is tried once. */
  static <T extends SafeCloseable> T once(
      RemoteCalls calls, String name, Operation operation, Function<Attempt, T> opening) {
    return kept(opening, call -> calls.write(name, operation, call));
  }

  private static <T extends SafeCloseable> T kept(
      Function<Attempt, T> opening, Function<RemoteCall<T>, T> calling) {
    Opened<T> opened = new Opened<>();
    try {
      return calling.apply(attempt -> opened.keep(opening.apply(attempt)));
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
