package dev.connections.mssql.tds;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Random;

/** What happens to everything that a server sends on one connection. */
@FunctionalInterface
public interface Disturbance {
  /** Nothing. */
  Disturbance NONE = out -> out;

  /** {@return the stream that the server writes to instead} */
  OutputStream on(OutputStream out);

  /** {@return the connection ends after this many bytes} */
  static Disturbance cutAfter(long bytes, Answer.Cut cut) {
    return out -> new LimitedStream(out, bytes, cut);
  }

  /** {@return of so many bytes one, on average, is another one, from the nth byte on} */
  static Disturbance noise(long seed, int from, int oneOf) {
    return out -> new Noise(out, new Random(seed), from, oneOf);
  }

  /** Changes bytes by chance. */
  final class Noise extends FilterOutputStream {
    private final Random random;
    private final int oneOf;
    private int quiet;

    private Noise(OutputStream out, Random random, int from, int oneOf) {
      super(out);
      this.random = random;
      this.quiet = from;
      this.oneOf = oneOf;
    }

    @Override
    public void write(int value) throws IOException {
      boolean changed = quiet == 0 && random.nextInt(oneOf) == 0;
      quiet = Math.max(0, quiet - 1);
      out.write(changed ? random.nextInt(256) : value);
    }
  }
}
