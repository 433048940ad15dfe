package dev.connections.filesystem.internal.listing;

import dev.connections.api.Notice;
import dev.connections.api.NoticeCode;
import java.util.Optional;

/** What of a directory is no table, or can't be read as one, and was counted instead. */
final class LeftOut {
  int links;
  int special;
  int loops;
  int nameless;

  /** Tells what there is to tell. */
  void tell(ListingReceiver receiver, Notice.Scope scope, boolean followsLinks) {
    tell(
        receiver,
        scope,
        links,
        (links == 1 ? " symbolic link was" : " symbolic links were")
            + " left out"
            + (followsLinks ? ": nothing inside the directory is behind." : "."),
        Optional.of(
            followsLinks
                ? "Copy what is missing into the directory."
                : "Allow links that stay inside the directory, if you trust them."));
    tell(
        receiver,
        scope,
        special,
        (special == 1 ? " pipe, socket or device was" : " pipes, sockets or devices were")
            + " left out.",
        Optional.empty());
    tell(
        receiver,
        scope,
        loops,
        (loops == 1 ? " link leads" : " links lead") + " back to a directory above it.",
        Optional.empty());
    tell(
        receiver,
        scope,
        nameless,
        (nameless == 1 ? " name was" : " names were")
            + " left out: this machine can't read the characters.",
        Optional.of(
            "Rename what bears them, or start the application in the encoding in which they were"
                + " written, such as with LC_ALL=C.UTF-8."));
  }

  private static void tell(
      ListingReceiver receiver,
      Notice.Scope scope,
      int count,
      String words,
      Optional<String> remedy) {
    if (count > 0) {
      Notice notice = Notice.of(NoticeCode.SKIPPED, scope, count + words).withHidden(count);
      receiver.notice(remedy.map(notice::withRemedy).orElse(notice));
    }
  }
}
