package dev.connections.http;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import okhttp3.Response;

/**
 * What a service answered. Belongs to the thread that reads it and is closed after that. Nothing of
 * it may be shown to a user: it is foreign text, and may repeat secrets that were sent.
 */
public final class Answer {
  private static final int OPENING = 64 << 10;
  private static final int DRAINED = 64 << 10;

  private final Response response;
  private final CappedStream body;
  private final boolean elsewhere;

  Answer(Response response, long largest, Runnable cut, boolean elsewhere) {
    this.response = response;
    this.body = new CappedStream(response.body().byteStream(), largest, cut);
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

  /** {@return the status; never a part of the body} */
  @Override
  public String toString() {
    return "Answer[" + status() + "]";
  }
}
