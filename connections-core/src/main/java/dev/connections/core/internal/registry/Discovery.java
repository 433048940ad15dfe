package dev.connections.core.internal.registry;

import dev.connections.api.ConnectionAdapterProvider;
import dev.connections.api.Failure;
import dev.connections.api.StandardErrorCode;
import dev.connections.core.RegistryProblem;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Looks for providers. Each step of the search is guarded by itself, so that it goes on behind a
 * broken provider.
 */
final class Discovery {
  /** A search that only fails is given up: each step may fail once for each line of a file. */
  private static final int MOST_FAILURES = 1_000;

  /** How the JDK begins its sentences on a class that it can't take. */
  private static final Pattern NAMED = Pattern.compile(": (?:Provider )?([\\w$]+(?:\\.[\\w$]+)+) ");

  private final Map<ConnectionAdapterProvider, Origin> found = new LinkedHashMap<>();
  private final List<RegistryProblem> problems = new ArrayList<>();

  /** {@return the providers in the order they were found; one of each class} */
  List<ConnectionAdapterProvider> found() {
    return List.copyOf(found.keySet());
  }

  List<RegistryProblem> problems() {
    return List.copyOf(problems);
  }

  void add(ConnectionAdapterProvider provider) {
    boolean known = found.keySet().stream().anyMatch(p -> p.getClass() == provider.getClass());
    if (!known) {
      found.put(provider, Origin.of(provider.getClass()));
    }
  }

  void search(ClassLoader loader) {
    Iterator<ServiceLoader.Provider<ConnectionAdapterProvider>> search =
        ServiceLoader.load(ConnectionAdapterProvider.class, loader).stream().iterator();
    while (problems.size() < MOST_FAILURES) {
      Optional<Boolean> more = guarded(search::hasNext, Optional.empty());
      if (more.isEmpty()) {
        continue;
      }
      if (!more.get()) {
        return;
      }
      guarded(search::next, Optional.empty())
          .ifPresent(one -> guarded(one, Optional.of(Origin.of(one.type()))).ifPresent(this::add));
    }
  }

  private <T> Optional<T> guarded(Supplier<T> step, Optional<Origin> origin) {
    try {
      return Optional.of(step.get());
    } catch (ServiceConfigurationError | LinkageError | RuntimeException broken) {
      problems.add(problem(broken, origin));
      return Optional.empty();
    }
  }

  /**
   * {@return a sentence for what was thrown}
   *
   * @param thrown by the search or by a provider
   * @param origin the provider, where it is known
   */
  static RegistryProblem problem(Throwable thrown, Optional<Origin> origin) {
    Throwable cause =
        thrown instanceof ServiceConfigurationError && thrown.getCause() != null
            ? thrown.getCause()
            : thrown;
    Optional<String> provider =
        origin.map(Origin::full).or(() -> nameIn(String.valueOf(thrown.getMessage())));
    String plugin = origin.map(Origin::brief).or(() -> provider).map(name -> " " + name).orElse("");
    if (thrown instanceof ServiceConfigurationError && origin.isEmpty()) {
      return new RegistryProblem(provider, notLoadable(plugin));
    }
    return new RegistryProblem(provider, failure(plugin, cause));
  }

  private static Failure failure(String plugin, Throwable cause) {
    String type = cause.getClass().getSimpleName();
    if (cause instanceof UnsupportedClassVersionError) {
      return Failure.of(
              StandardErrorCode.UNSUPPORTED,
              "The plugin" + plugin + " was built for a later version of Java.")
          .withRemedy("Run the application on that version, or use an earlier plugin.");
    }
    if (cause instanceof LinkageError && !(cause instanceof ExceptionInInitializerError)) {
      return Failure.of(
              StandardErrorCode.UNSUPPORTED,
              "The plugin"
                  + plugin
                  + " doesn't fit what it is installed beside ("
                  + type
                  + "): a class it needs is missing or of another version.")
          .withRemedy("Install the plugin's version that belongs to this library's version.");
    }
    return Failure.of(
            StandardErrorCode.INTERNAL,
            "The plugin" + plugin + " can't be used: it failed to describe itself (" + type + ").")
        .withRemedy("This is a defect of the plugin. Please report it to its makers.");
  }

  private static Failure notLoadable(String plugin) {
    return Failure.of(
            StandardErrorCode.UNSUPPORTED,
            "A plugin's list of providers names"
                + (plugin.isEmpty() ? " something" : plugin + ",")
                + " that can't be loaded as one.")
        .withRemedy(
            "Look at META-INF/services/"
                + ConnectionAdapterProvider.class.getName()
                + " in the plugins' jars: each line must name a public class that is there, has a"
                + " public constructor without parameters and implements the interface.");
  }

  private static Optional<String> nameIn(String message) {
    Matcher matcher = NAMED.matcher(message);
    return matcher.find() ? Optional.of(matcher.group(1)) : Optional.empty();
  }
}
