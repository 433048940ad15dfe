package dev.connections.examples.quickstart;

import java.io.PrintStream;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What the user sees: lines, and one line that is written over while something goes on. */
final class Screen {
  private static final int WIDTH = 100;

  private final PrintStream out;
  private final boolean terminal;
  private @Nullable String live;

  Screen(PrintStream out, boolean terminal) {
    this.out = out;
    this.terminal = terminal;
  }

  /** A line that stays. */
  synchronized void say(String line) {
    clearLive();
    out.println(line);
  }

  /** The line that is written over; where output goes to a file, only its last state is written. */
  synchronized void live(String line) {
    String shown = line.length() <= WIDTH ? line : line.substring(0, WIDTH - 1) + "…";
    if (terminal) {
      out.print("\r" + shown + " ".repeat(Math.max(0, shownBefore() - shown.length())));
      out.flush();
    }
    live = shown;
  }

  /** Leaves the live line standing. */
  synchronized void settle() {
    Optional<String> last = Optional.ofNullable(live);
    live = null;
    if (terminal) {
      last.ifPresent(line -> out.println());
    } else {
      last.ifPresent(out::println);
    }
  }

  private int shownBefore() {
    return live == null ? 0 : live.length();
  }

  private void clearLive() {
    if (terminal && live != null) {
      out.print("\r" + " ".repeat(live.length()) + "\r");
    }
    live = null;
  }
}
