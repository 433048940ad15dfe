package dev.connections.store.host;

import dev.connections.core.Connections;
import dev.connections.core.RotationJob;
import dev.connections.core.SecretKeys;
import dev.connections.core.access.Actor;
import dev.connections.core.access.Role;
import dev.connections.core.secrets.KeySource;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** A process of its own that rotates keys, and prints how far it has come until it is done. */
public final class RotatingHost {
  private RotatingHost() {}

  /** Takes the store, and the file of the key. */
  public static void main(String[] arguments) throws Exception {
    List<String> told = Arrays.asList(arguments);
    int last = told.size() - 1;
    try (Connections connections =
        Connections.builder()
            .store(HostStore.open(told.subList(0, last)))
            .keys(KeySource.localFile(Path.of(told.get(last))))
            .pluginLoader(Optional.empty())
            .build()) {
      SecretKeys keys = connections.keys(Actor.of("operations", "olga", Role.ADMIN));
      keys.addKey();
      RotationJob job = keys.rotate();
      boolean ended = false;
      while (!ended) {
        System.out.println(job.progress().onPresent());
        System.out.flush();
        try {
          job.future().get(1, TimeUnit.MILLISECONDS);
          ended = true;
        } catch (TimeoutException notYet) {
          // Told again.
        }
      }
      System.out.println("complete: " + job.join().complete());
    }
  }
}
