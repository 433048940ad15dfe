package dev.connections.http;

import dev.connections.api.Configuration;
import dev.connections.api.ConfigurationProblem;
import dev.connections.api.ErrorCode;
import dev.connections.api.Field;
import dev.connections.api.Secret;
import dev.connections.api.StandardErrorCode;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import okhttp3.HttpUrl;

/**
 * The fields by which services on the web are found and by which an application signs in there. A
 * spec takes them as they are, or with a help and a condition of its own.
 */
public final class ServiceFields {
  /** The id of the application that asks for tokens. */
  public static final Field<String> CLIENT_ID =
      Field.text("authentication.client_id").label("Client id").range(1, 255).encrypted();

  /** Its secret. */
  public static final Field<Secret> CLIENT_SECRET =
      Field.secret("authentication.client_secret").label("Client secret").range(1, 1_024);

  /** What a person's consent once gave. */
  public static final Field<Secret> REFRESH_TOKEN =
      Field.secret("authentication.refresh_token").label("Refresh token").range(1, 4_096);

  /** Whether rows may be shown; of what that costs and shows, the user decides. */
  public static final Field<Boolean> ROW_PREVIEW =
      Field.flag("advanced.row_preview")
          .label("Show rows")
          .help("Whether the first rows of a table may be shown; metadata needs none.")
          .preset(false);

  private static final String SERVER = "(?i)https?://[a-z0-9._-]+(:[0-9]{1,5})?/?";

  /** What goes wrong if the address is wrong. */
  private static final List<ErrorCode> OF_ADDRESS =
      List.of(
          StandardErrorCode.UNKNOWN_HOST,
          StandardErrorCode.EGRESS_REFUSED,
          StandardErrorCode.CONNECTION_REFUSED,
          StandardErrorCode.CONNECT_TIMEOUT,
          StandardErrorCode.WRONG_PROTOCOL,
          StandardErrorCode.TLS_HOST_MISMATCH,
          HttpErrorCode.WEB_PAGE,
          HttpErrorCode.REDIRECT_REFUSED);

  private ServiceFields() {}

  /**
   * {@return a field for how long one request may take, in seconds}
   *
   * @param preset what fits the service
   */
  public static Field<Duration> timeout(Duration preset) {
    return Field.seconds("advanced.timeout")
        .label("Request time-out")
        .preset(preset)
        .range(1, 3_600);
  }

  /**
   * {@return a field for the address of a service: required, and where secrets go}
   *
   * @param path its path
   */
  public static Field<String> address(String path) {
    return Field.text(path).range(1, 500).required().destination();
  }

  /**
   * {@return the server that an address names, without what follows; empty if it is none} Without a
   * scheme it is {@code https}.
   *
   * @param configuration of a spec with that field
   * @param field made by {@link #address(String)}
   */
  public static Optional<URI> address(Configuration configuration, Field<String> field) {
    String text = configuration.get(field).strip();
    String address = text.contains("://") ? text : "https://" + text;
    boolean server = address.matches(SERVER) && HttpUrl.parse(address) != null;
    return server ? Optional.of(URI.create(address)) : Optional.empty();
  }

  /**
   * {@return what is wrong with an address} For a rule of a spec.
   *
   * @param configuration of a spec with that field
   * @param field made by {@link #address(String)}
   * @param example how it looks if it is right
   */
  public static List<ConfigurationProblem> check(
      Configuration configuration, Field<String> field, String example) {
    return address(configuration, field).isPresent()
        ? List.of()
        : List.of(
            ConfigurationProblem.of(
                field,
                field.label() + " isn't the address of one.",
                "Enter it as the browser shows it, without a path: " + example + "."));
  }

  /**
   * {@return settings whose failures name these fields and those of the network}
   *
   * @param settings of the service
   * @param address where its address is entered
   * @param more other codes for which the address is what to look at
   */
  public static HttpSettings naming(
      HttpSettings settings, Field<String> address, ErrorCode... more) {
    List<ErrorCode> ofAddress = new ArrayList<>(OF_ADDRESS);
    ofAddress.addAll(List.of(more));
    return settings
        .naming(ofAddress, address)
        .naming(
            List.of(StandardErrorCode.TLS_UNTRUSTED, StandardErrorCode.TLS_REFUSED),
            NetworkFields.TRUSTED,
            NetworkFields.CLIENT_CERTIFICATE)
        .naming(
            List.of(HttpErrorCode.PROXY_REFUSED),
            NetworkFields.PROXY_USER,
            NetworkFields.PROXY_HOST);
  }
}
