package dev.connections.http;

import dev.connections.api.Category;
import dev.connections.api.ConnectionException;
import dev.connections.api.Failure;
import dev.connections.api.Notice;
import dev.connections.api.NoticeCode;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;

/**
 * What one reading of a service found beside its tables: what is hidden, what couldn't be read, and
 * what tells later whether something changed. Safe for any thread.
 */
public final class Findings {
  private static final Set<Category> OF_ALL = Set.of(Category.CANCELLED, Category.AUTHENTICATION);

  private final List<Notice> notices = new CopyOnWriteArrayList<>();
  private final Map<String, String> states = new ConcurrentHashMap<>();
  private final Set<String> once = ConcurrentHashMap.newKeySet();
  private volatile boolean complete = true;

  /** Nothing is found yet. */
  public Findings() {}

  /** {@return what is to be told, in the order in which it was found} */
  public List<Notice> notices() {
    return List.copyOf(notices);
  }

  /**
   * Tells something of the whole source, each sentence once.
   *
   * @param code what kind of finding
   * @param message one sentence, without secrets and without foreign text
   * @param remedy what the user can do
   */
  public void tell(NoticeCode code, String message, String remedy) {
    if (once.add(message)) {
      notices.add(Notice.of(code, new Notice.Scope.Source(), message).withRemedy(remedy));
    }
  }

  /**
   * Tells that something is hidden from the login, if something is.
   *
   * @param count how much; nothing is told of none
   * @param message one sentence
   * @param remedy which rights are needed
   */
  public void hidden(long count, String message, String remedy) {
    if (count > 0) {
      notices.add(
          Notice.of(NoticeCode.HIDDEN_BY_PERMISSION, new Notice.Scope.Source(), message)
              .withRemedy(remedy)
              .withHidden(count));
    }
  }

  /**
   * {@return what a reading gives that isn't needed for the rest} What isn't there on this service
   * is as good as empty; what fails otherwise is told, and the rest goes on. What would end every
   * request ends this one, too.
   *
   * @param what the beginning of a sentence
   * @param remedy what helps where the failure doesn't say
   * @param reading reads it
   * @param <T> what is read
   */
  public <T> Optional<T> optional(String what, String remedy, Supplier<T> reading) {
    try {
      return Optional.of(reading.get());
    } catch (ConnectionException failed) {
      if (OF_ALL.contains(failed.category())) {
        throw failed;
      }
      if (failed.category() != Category.NOT_FOUND) {
        missing(what, failed.failure(), remedy);
      }
      return Optional.empty();
    }
  }

  private void missing(String what, Failure why, String remedy) {
    complete = false;
    tell(
        NoticeCode.NOT_LOADED,
        what + " couldn't be read (" + why.code().id() + ").",
        why.remedy().orElse(remedy));
  }

  /**
   * Takes note of how a part of the service is.
   *
   * @param part its name
   * @param state what is otherwise when it has changed
   */
  public void state(String part, String state) {
    states.put(part, state);
  }

  /**
   * {@return how some parts were, in order; empty where one isn't known, or something couldn't be
   * read}
   *
   * @param parts their names
   */
  public Optional<List<String>> states(List<String> parts) {
    return complete && states.keySet().containsAll(parts)
        ? Optional.of(parts.stream().map(states::get).toList())
        : Optional.empty();
  }
}
