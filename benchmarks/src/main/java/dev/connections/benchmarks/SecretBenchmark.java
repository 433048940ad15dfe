package dev.connections.benchmarks;

import dev.connections.core.internal.sealing.SealedPlace;
import dev.connections.core.internal.sealing.SecretCipher;
import dev.connections.core.secrets.KeySource;
import dev.connections.core.secrets.KeysetStore;
import java.util.Random;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** A secret of 32 bytes, sealed to the text that is stored and opened again. */
@State(Scope.Benchmark)
public class SecretBenchmark {
  private final SecretCipher cipher =
      SecretCipher.open(KeySource.ephemeral(), KeysetStore.inMemory());
  private final SealedPlace place = new SealedPlace("acme", "4f2f0b9f-50b3-4e7b-96a1-e2bb0f246b06");
  private final byte[] secret = new byte[32];

  /** Fills the secret. */
  public SecretBenchmark() {
    new Random(42).nextBytes(secret);
  }

  /** {@return the secret, there and back} */
  @Benchmark
  public byte[] sealAndOpen() {
    String field = "authentication.password";
    return cipher.open(place, field, cipher.seal(place, field, secret));
  }
}
