package dev.connections.core.secrets;

import dev.connections.api.Secret;
import java.util.Optional;

/** One key of the earlier system, and the form it opens. */
interface EarlierForm {
  /** The secret; empty if the value isn't of this form, was changed, or has another key. */
  Optional<Secret> open(String value);
}
