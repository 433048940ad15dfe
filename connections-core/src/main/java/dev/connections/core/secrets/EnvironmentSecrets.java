package dev.connections.core.secrets;

import dev.connections.api.Secret;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Secrets in environment variables. */
final class EnvironmentSecrets implements SecretResolver {
  private final Set<String> names;
  private final Function<String, @Nullable String> environment;

  EnvironmentSecrets(Set<String> names, Function<String, @Nullable String> environment) {
    if (names.isEmpty() || names.stream().anyMatch(name -> name.isBlank() || name.equals("*"))) {
      throw new IllegalArgumentException("name the variables that connections may read");
    }
    this.names = names;
    this.environment = environment;
  }

  @Override
  public String scheme() {
    return "env";
  }

  @Override
  public Secret resolve(SecretReference reference) {
    if (names.stream().noneMatch(allowed -> covers(allowed, reference.name()))) {
      throw reference.refused();
    }
    return Optional.ofNullable(environment.apply(reference.name()))
        .filter(value -> !value.isEmpty())
        .map(Secret::of)
        .orElseThrow(() -> reference.missing());
  }

  private static boolean covers(String allowed, String name) {
    return allowed.endsWith("*")
        ? name.startsWith(allowed.substring(0, allowed.length() - 1))
        : name.equals(allowed);
  }
}
