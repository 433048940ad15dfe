package dev.connections.databricks.internal;

import dev.connections.api.Category;
import dev.connections.api.ConnectionException;
import dev.connections.api.Failure;
import dev.connections.api.Operation;
import dev.connections.api.SchemaName;
import dev.connections.api.StandardErrorCode;
import dev.connections.http.HttpFailures;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** {@code hive_metastore} as what a script writes to: it keeps neither keys nor tags. */
final class HiveTarget implements WriteTarget {
  private static final Pattern QUOTED =
      Pattern.compile("`(?:[^`]++|``)*+`|'(?:[^'\\\\]++|\\\\.)*+'", Pattern.DOTALL);
  private static final Pattern KEY =
      Pattern.compile("\\b(CONSTRAINT|PRIMARY\\s+KEY)\\b", Pattern.CASE_INSENSITIVE);

  private final HiveMetastore metastore;
  private final HttpFailures failures;

  HiveTarget(HiveMetastore metastore, HttpFailures failures) {
    this.metastore = metastore;
    this.failures = failures;
  }

  @Override
  public Optional<Set<String>> tables(SchemaName schema, Operation operation) {
    try {
      return Optional.of(
          metastore.tables(schema, operation).items().stream()
              .map(info -> info.name().table().toLowerCase(Locale.ROOT))
              .collect(Collectors.toSet()));
    } catch (ConnectionException failed) {
      if (failed.category() != Category.NOT_FOUND) {
        throw failed;
      }
      return Optional.empty();
    }
  }

  @Override
  public Optional<Failure> refusal(Script.Part part) {
    return switch (part.kind()) {
      case SET_TAGS -> Optional.of(without("tags"));
      case ADD_CONSTRAINT, DROP_CONSTRAINT -> Optional.of(without("keys"));
      case CREATE_TABLE ->
          KEY.matcher(QUOTED.matcher(part.text()).replaceAll("")).find()
              ? Optional.of(without("keys"))
              : Optional.empty();
      default -> Optional.empty();
    };
  }

  private Failure without(String what) {
    return failures.of(
        StandardErrorCode.UNSUPPORTED,
        "hive_metastore keeps no " + what + ".",
        "Take them out of the script: one that DatabricksDdl makes for the catalog hive_metastore"
            + " has none.");
  }
}
