package dev.connections.core.secrets;

import dev.connections.api.Secret;
import java.util.function.Predicate;

/** A resolver for some references. */
record RestrictedSecrets(SecretResolver resolver, Predicate<SecretReference> allowed)
    implements SecretResolver {
  @Override
  public String scheme() {
    return resolver.scheme();
  }

  @Override
  public Secret resolve(SecretReference reference) {
    if (!allowed.test(reference)) {
      throw reference.refused();
    }
    return resolver.resolve(reference);
  }
}
