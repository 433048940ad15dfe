package dev.connections.core;

import dev.connections.api.ConfigurationValues;
import dev.connections.api.ConnectionException;
import dev.connections.api.Secret;
import dev.connections.api.StandardFailures;
import dev.connections.core.access.Actor;
import dev.connections.core.audit.AuditOperation;
import dev.connections.core.audit.AuditRecord;
import dev.connections.core.internal.calls.TimedCall;
import dev.connections.core.internal.registry.InstalledType;
import dev.connections.core.secrets.SecretReference;
import dev.connections.core.secrets.SecretResolver;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Follows references to secrets, just before an adapter is opened; nothing of what they lead to is
 * stored. A secret that is written like a reference of a scheme which isn't allowed is refused:
 * sent as it is, it would be a wrong password at best.
 */
record References(Map<String, SecretResolver> resolvers) {
  private static final Duration LONGEST = Duration.ofSeconds(10);

  private static final Pattern FORM =
      Pattern.compile("\\$\\{([a-z][a-z0-9-]{0,30}):([^{}]{1,1000})}");

  /** A secret that begins like a reference and is none begins with two of these. */
  private static final String ESCAPED = "$${";

  /** Tells the audit log of a reference; it throws if it doesn't take that. */
  interface Witness {
    void sees(SecretReference reference);
  }

  static Witness auditing(Audit audit, Actor actor, Optional<String> connection) {
    return reference -> {
      AuditRecord.Builder record =
          audit
              .of(actor, AuditOperation.RESOLVE_REFERENCE)
              .object(reference.shown())
              .fields(List.of(reference.field()));
      connection.ifPresent(record::connection);
      audit.before(record.build());
    };
  }

  /** The values with secrets in the place of references. */
  ConfigurationValues followed(
      String account, InstalledType type, ConfigurationValues values, Witness witness) {
    ConfigurationValues followed = values;
    for (String path : Configurations.secretsIn(type, values)) {
      if (values.find(path).orElseThrow() instanceof Secret secret && mayRefer(secret)) {
        followed = followed.with(path, followed(account, path, secret, witness));
      }
    }
    return followed;
  }

  private static boolean mayRefer(Secret secret) {
    return secret.use(text -> text.length > 3 && text[0] == '$');
  }

  private Secret followed(String account, String path, Secret secret, Witness witness) {
    String text = secret.use(String::new);
    if (text.startsWith(ESCAPED)) {
      return Secret.of(text.substring(1));
    }
    Matcher parts = FORM.matcher(text);
    if (!parts.matches()) {
      return secret;
    }
    SecretReference reference = new SecretReference(account, path, parts.group(1), parts.group(2));
    witness.sees(reference);
    return resolved(reference);
  }

  private Secret resolved(SecretReference reference) {
    SecretResolver resolver =
        Optional.ofNullable(resolvers.get(reference.scheme())).orElseThrow(reference::refused);
    try {
      Secret secret = TimedCall.of("secret-references", LONGEST, () -> resolver.resolve(reference));
      if (secret.isEmpty()) {
        throw reference.missing();
      }
      return secret;
    } catch (TimeoutException late) {
      throw reference.late();
    } catch (ExecutionException thrown) {
      if (thrown.getCause() instanceof ConnectionException told) {
        throw told;
      }
      throw StandardFailures.internal(thrown).asException(thrown);
    }
  }
}
