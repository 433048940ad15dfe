package dev.connections.http;

import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import okhttp3.Response;
import okio.BufferedSource;

/**
 * What a service answered. Belongs to the thread that reads it and is closed after that. Nothing of
 * it may be shown to a user: it is foreign text, and may repeat secrets that were sent.
 */
public final class Answer {
  private static final int OPENING = 64 << 10;
  private static final int DRAINED = 64 << 10;
  private static final Duration LONGEST_END = Duration.ofMillis(100);

  private final Response response;
  private final CappedStream body;
  private final long largest;
  private final boolean elsewhere;

  Answer(Response response, long largest, boolean elsewhere) {
    this.response = response;
    this.body = new CappedStream(response.body().byteStream(), largest);
    this.largest = largest;
    this.elsewhere = elsewhere;
  }

  /** {@return the status, from 100 to 599} */
  public int status() {
    return response.code();
  }

  /**
   * {@return the last header of a name}
   *
   * @param name without regard to case
   */
  public Optional<String> header(String name) {
    return Optional.ofNullable(response.header(name));
  }

  /**
   * {@return all headers of a name, in order}
   *
   * @param name without regard to case
   */
  public List<String> headers(String name) {
    return response.headers(name);
  }

  /** {@return type and subtype in lower case, without parameters; empty if there is none} */
  public String mediaType() {
    String type = header("Content-Type").orElse("");
    int end = type.indexOf(';');
    return (end < 0 ? type : type.substring(0, end)).strip().toLowerCase(Locale.ROOT);
  }

  /** {@return whether the answer says it is JSON, in whatever dialect} */
  public boolean isJson() {
    String type = mediaType();
    return type.equals("application/json") || type.endsWith("+json") || type.equals("text/json");
  }

  /** {@return whether the answer is a web page} */
  public boolean isWebPage() {
    return mediaType().equals("text/html") || mediaType().equals("application/xhtml+xml");
  }

  /** {@return whether it came from another server, which the first one redirected us to} */
  public boolean fromElsewhere() {
    return elsewhere;
  }

  /**
   * {@return the bytes, decompressed} Reading more than the limit throws; so does an answer that
   * breaks off.
   */
  public InputStream body() {
    return body;
  }

  /** {@return how many bytes of the body are read at most} */
  long largest() {
    return largest;
  }

  /**
   * {@return the first part of the body, up to 64 KiB, as text} The body can still be read from its
   * beginning. To look for words a service is known to say, where it gives no code.
   *
   * @throws IOException if the answer breaks off
   */
  public String opening() throws IOException {
    return response.peekBody(OPENING).string();
  }

  /**
   * {@return the last part of what was read of the body, as text, after up to 64 KiB more were
   * read} To find out why an answer can't be understood.
   */
  public String closing() {
    byte[] more = new byte[4 << 10];
    try {
      int drained = 0;
      int read = 0;
      while (drained < DRAINED && read >= 0) {
        read = body.read(more, 0, more.length);
        drained += read;
      }
    } catch (IOException broken) {
      return body.recentText(); // what was read until then
    }
    return body.recentText();
  }

  /**
   * {@return whether nothing is left to receive, after up to 64 KiB more were received} Then the
   * channel serves the next call. The client would close a body whose end it doesn't see by
   * receiving it for another tenth of a second, which may be hundreds of megabytes.
   */
  boolean ended() {
    BufferedSource rest = response.body().source();
    rest.timeout().deadline(LONGEST_END.toMillis(), TimeUnit.MILLISECONDS);
    try {
      return !rest.request(DRAINED);
    } catch (IOException | IllegalStateException broken) {
      return false; // or the reader closed it
    }
  }

  /** {@return the status; never a part of the body} */
  @Override
  public String toString() {
    return "Answer[" + status() + "]";
  }
}
