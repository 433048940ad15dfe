package dev.connections.store.jdbc;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A disk in memory that only one process sees, where the system lets users have that: it is full
 * when that process has filled it.
 *
 * @param place an empty directory, where it is for that process
 * @param megabytes its size, of which a tenth is taken up at first
 */
record SmallDisk(Path place, int megabytes) {
  private static final String BALLAST = "ballast";

  static boolean isPossible(Path place) throws InterruptedException {
    try {
      List<String> command = new SmallDisk(place, 1).around(List.of("true"));
      return new ProcessBuilder(command).start().waitFor() == 0;
    } catch (IOException noSuchCommand) {
      return false;
    }
  }

  /** The command, with that disk. It keeps its process id, and isn't the administrator. */
  List<String> around(List<String> command) {
    String ballast = "head -c " + megabytes * 100_000 + " /dev/zero > \"$0/" + BALLAST + '"';
    List<String> all = new ArrayList<>(List.of("unshare", "-U", "-r", "-m", "sh", "-c"));
    all.add(
        "mount -t tmpfs -o size=%dm,mode=700 tmpfs \"$0\" && %s && exec unshare -U \"$@\""
            .formatted(megabytes, ballast));
    all.add(place.toString());
    all.addAll(command);
    return all;
  }

  /** Takes away what was put there at first, as an administrator would who finds the disk full. */
  void makeRoom(long process) throws IOException {
    Files.delete(
        Path.of("/proc", Long.toString(process), "root" + place.toAbsolutePath(), BALLAST));
  }
}
