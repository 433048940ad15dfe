package dev.connections.core.secrets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.google.crypto.tink.Aead;
import dev.connections.api.ConnectionException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** A host whose protobuf isn't the one that the encryption was built for. */
final class OldProtobufTest {
  private static final String NEEDED = "com.google.protobuf:protobuf-java 4.33.6 or later";

  @Test
  void a_key_says_which_library_the_host_must_raise() throws Exception {
    Class<?> sources = new WithoutProtobuf().loadClass(KeySource.class.getName());
    InvocationTargetException thrown =
        catchThrowableOfType(
            InvocationTargetException.class, () -> sources.getMethod("ephemeral").invoke(null));
    assertTold(thrown.getCause());
  }

  @Test
  void a_store_whose_key_lies_with_the_host_says_so_too() throws Exception {
    ClassLoader loader = new WithoutProtobuf();
    Class<?> source = loader.loadClass(KeySource.class.getName());
    Class<?> keyset = loader.loadClass(KeysetStore.class.getName());
    Method open =
        loader
            .loadClass("dev.connections.core.internal.sealing.SecretCipher")
            .getMethod("open", source, keyset);
    Object neverAsked =
        Proxy.newProxyInstance(
            loader,
            new Class<?>[] {source},
            (proxy, method, arguments) -> {
              throw new AssertionError("no key is needed yet");
            });
    Object empty = keyset.getMethod("inMemory").invoke(null);
    InvocationTargetException thrown =
        catchThrowableOfType(
            InvocationTargetException.class, () -> open.invoke(null, neverAsked, empty));
    assertTold(thrown.getCause());
  }

  @Test
  void a_key_that_fails_later_says_so_too() {
    Aead half =
        new Aead() {
          @Override
          public byte[] encrypt(byte[] plaintext, byte[] associatedData) {
            throw new NoClassDefFoundError("foreign text");
          }

          @Override
          public byte[] decrypt(byte[] ciphertext, byte[] associatedData) {
            throw new NoSuchMethodError("foreign text");
          }
        };
    KeyEncryptionKey key = new KeyEncryptionKey(half);
    assertTold(
        catchThrowableOfType(
            ConnectionException.class, () -> key.encrypt(new byte[1], new byte[0])));
  }

  private static void assertTold(Throwable thrown) {
    assertThat(thrown).isInstanceOf(ConnectionException.class).hasMessageNotContaining("foreign");
    ConnectionException told = (ConnectionException) thrown;
    assertThat(told.code().id()).isEqualTo(SecretErrorCode.ENCRYPTION_UNUSABLE.id());
    assertThat(told.failure().remedy().orElseThrow()).contains(NEEDED);
  }

  /** Has its own copy of what encrypts, and no protobuf that fits. */
  private static final class WithoutProtobuf extends ClassLoader {
    WithoutProtobuf() {
      super(OldProtobufTest.class.getClassLoader());
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
      synchronized (getClassLoadingLock(name)) {
        if (name.startsWith("com.google.protobuf.")) {
          throw new ClassNotFoundException(name);
        }
        boolean own =
            name.startsWith("com.google.crypto.tink.")
                || name.startsWith("dev.connections.core.secrets.")
                || name.startsWith("dev.connections.core.internal.sealing.");
        if (!own) {
          return super.loadClass(name, resolve);
        }
        return Optional.<Class<?>>ofNullable(findLoadedClass(name)).orElseGet(() -> copy(name));
      }
    }

    private Class<?> copy(String name) {
      try (InputStream stream = getResourceAsStream(name.replace('.', '/') + ".class")) {
        byte[] bytes = stream.readAllBytes();
        return defineClass(
            name, bytes, 0, bytes.length, OldProtobufTest.class.getProtectionDomain());
      } catch (IOException broken) {
        throw new UncheckedIOException(broken);
      }
    }
  }
}
