package dev.connections.core.internal.pool;

import dev.connections.api.ConnectionException;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Proxy;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A feature whose foreign exceptions have become internal failures. Checked exceptions that its
 * methods declare are part of what it promises, and pass.
 */
final class GuardedFeature implements InvocationHandler {
  private final Object feature;

  private GuardedFeature(Object feature) {
    this.feature = feature;
  }

  /** A feature that isn't a public interface can't be wrapped, and is handed out as it is. */
  static <T> T of(Class<T> type, T feature) {
    if (!type.isInterface() || !Modifier.isPublic(type.getModifiers())) {
      return feature;
    }
    return type.cast(
        Proxy.newProxyInstance(
            type.getClassLoader(), new Class<?>[] {type}, new GuardedFeature(feature)));
  }

  @Override
  public @Nullable Object invoke(Object proxy, Method method, Object @Nullable [] arguments)
      throws Throwable {
    try {
      return method.invoke(feature, arguments);
    } catch (InvocationTargetException thrown) {
      Throwable cause = thrown.getCause() == null ? thrown : thrown.getCause();
      if (cause instanceof ConnectionException || isDeclared(cause, method)) {
        throw cause;
      }
      throw Defects.of("using a feature", cause);
    }
  }

  private static boolean isDeclared(Throwable cause, Method method) {
    return !(cause instanceof RuntimeException)
        && Arrays.stream(method.getExceptionTypes()).anyMatch(type -> type.isInstance(cause));
  }
}
