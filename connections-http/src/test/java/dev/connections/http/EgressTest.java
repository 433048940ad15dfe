package dev.connections.http;

import static dev.connections.http.Services.thrownBy;
import static org.assertj.core.api.Assertions.assertThat;

import dev.connections.api.ConnectionException;
import dev.connections.api.Secret;
import dev.connections.api.StandardErrorCode;
import java.io.IOException;
import java.net.URI;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(value = 60, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class EgressTest {
  private final Services.Names names = new Services.Names(false);

  private HttpService service(URI base) {
    return Services.with(HttpSettings.of("Cloud", base), names)
        .signing(Authentication.bearer(Secret.of("the-token")));
  }

  @Test
  void a_name_is_resolved_once_by_the_policy_and_dialled_as_checked() {
    try (ScriptedServer server = ScriptedServer.plain((request, wire) -> wire.json("{}"));
        HttpService service = service(server.uri("inner.test"))) {
      Services.text(service, HttpRequest.get("a"));

      assertThat(names.asked()).containsExactly("inner.test:" + server.port());
      assertThat(server.received().get(0).header("Host")).isEqualTo("inner.test:" + server.port());
    }
  }

  @Test
  void a_name_that_is_not_allowed_or_not_known_is_not_dialled() {
    assertThat(codeAt("http://secret.test:1")).isEqualTo(StandardErrorCode.EGRESS_REFUSED.id());
    assertThat(codeAt("https://nowhere.test")).isEqualTo(StandardErrorCode.UNKNOWN_HOST.id());
  }

  /**
   * The client resolves nothing for an address that is written as such, so it is checked before.
   */
  @ParameterizedTest
  @ValueSource(strings = {"http://127.0.0.2:1", "https://127.0.0.2:1"})
  void an_address_written_as_such_is_checked_too(String address) {
    assertThat(codeAt(address)).isEqualTo(StandardErrorCode.EGRESS_REFUSED.id());
    assertThat(names.asked()).containsExactly("127.0.0.2:1");
  }

  private String codeAt(String address) {
    try (HttpService service = service(URI.create(address))) {
      return thrownBy(() -> Services.text(service, HttpRequest.get("a"))).code().id();
    }
  }

  @Test
  void a_password_does_not_leave_the_machine_unencrypted() {
    assertThat(codeAt("http://outer.test")).isEqualTo(StandardErrorCode.EGRESS_REFUSED.id());
  }

  @Test
  void a_host_that_wants_encryption_gets_it_even_on_this_machine() {
    try (ScriptedServer server = ScriptedServer.plain((request, wire) -> wire.json("{}"));
        HttpService service =
            Services.with(HttpSettings.of("Cloud", server.uri()), new Services.Names(true))) {
      assertThat(thrownBy(() -> Services.text(service, HttpRequest.get("a"))).code())
          .isEqualTo(StandardErrorCode.EGRESS_REFUSED);
      assertThat(server.received()).isEmpty();
    }
  }

  private static ScriptedServer.Script redirecting(String location) {
    return (request, wire) -> {
      if (request.path().equals("/start")) {
        wire.answer(302, "Location: " + location + "\r\n", "");
      } else {
        wire.json("{}");
      }
    };
  }

  @Test
  void a_redirect_on_the_same_server_keeps_the_credentials() {
    try (ScriptedServer server = ScriptedServer.plain(redirecting("/end?x=1"));
        HttpService service = service(server.uri("inner.test"))) {
      Services.text(service, HttpRequest.get("start"));

      assertThat(server.received().get(1).path()).isEqualTo("/end?x=1");
      assertThat(server.received().get(1).header("Authorization")).isEqualTo("Bearer the-token");
    }
  }

  @Test
  void a_redirect_to_another_server_loses_them_and_is_told() {
    try (ScriptedServer other = ScriptedServer.plain((request, wire) -> wire.json("{}"));
        ScriptedServer server =
            ScriptedServer.plain(redirecting("http://other.test:" + other.port() + "/end"));
        HttpService service = service(server.uri("inner.test"))) {
      boolean elsewhere =
          service.write(
              "x",
              HttpRequest.get("start").secretHeader("X-Key", Secret.of("hidden")),
              Answer::fromElsewhere,
              dev.connections.testkit.TestOperation.start());

      assertThat(elsewhere).isTrue();
      assertThat(other.received().get(0).headers()).doesNotContainKeys("authorization", "x-key");
      assertThat(names.asked())
          .containsExactly("inner.test:" + server.port(), "other.test:" + other.port());
    }
  }

  @Test
  void a_redirect_to_another_port_is_one_to_another_server() {
    try (ScriptedServer other = ScriptedServer.plain((request, wire) -> wire.json("{}"));
        ScriptedServer server =
            ScriptedServer.plain(redirecting("http://inner.test:" + other.port() + "/end"));
        HttpService service = service(server.uri("inner.test"))) {
      Services.text(service, HttpRequest.get("start"));

      assertThat(other.received().get(0).headers()).doesNotContainKey("authorization");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"http://secret.test/", "http://127.0.0.2/", "http://outer.test/"})
  void each_redirect_is_checked_again(String location) {
    try (ScriptedServer server = ScriptedServer.plain(redirecting(location));
        HttpService service = service(server.uri("inner.test"))) {
      assertThat(thrownBy(() -> Services.text(service, HttpRequest.get("start"))).code())
          .isEqualTo(StandardErrorCode.EGRESS_REFUSED);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "file:///etc/passwd", "http://", "/start", "//"})
  void a_redirect_without_a_usable_end_is_refused(String location) {
    try (ScriptedServer server = ScriptedServer.plain(redirecting(location));
        HttpService service = service(server.uri("inner.test"))) {
      ConnectionException thrown = thrownBy(() -> Services.text(service, HttpRequest.get("start")));

      assertThat(thrown.code()).isEqualTo(HttpErrorCode.REDIRECT_REFUSED);
      assertThat(server.received()).hasSizeLessThanOrEqualTo(6);
    }
  }

  @Test
  void a_request_that_changes_something_follows_no_redirect() {
    try (ScriptedServer server = ScriptedServer.plain(redirecting("/end"));
        HttpService service = service(server.uri("inner.test"))) {
      HttpRequest post = HttpRequest.of(HttpRequest.Method.POST, "start");

      assertThat(thrownBy(() -> Services.text(service, post)).code())
          .isEqualTo(HttpErrorCode.REDIRECT_REFUSED);
      assertThat(server.received()).hasSize(1);
    }
  }

  @Test
  void an_address_the_service_gives_gets_no_credentials_of_ours_on_another_server() {
    try (ScriptedServer other = ScriptedServer.plain((request, wire) -> wire.json("{}"));
        ScriptedServer server = ScriptedServer.plain((request, wire) -> wire.json("{}"));
        HttpService service = service(server.uri("inner.test"))) {
      Services.text(service, HttpRequest.get(other.uri("other.test")));
      Services.text(service, HttpRequest.get(server.uri("inner.test").resolve("/page2")));

      assertThat(other.received().get(0).headers()).doesNotContainKey("authorization");
      assertThat(server.received().get(0).header("Authorization")).isEqualTo("Bearer the-token");
    }
  }

  @Test
  void a_proxy_is_dialled_by_its_checked_address_and_asked_for_the_target() {
    try (ScriptedServer proxy =
            ScriptedServer.plain(
                (request, wire) -> {
                  if (request.header("Proxy-Authorization").isEmpty()) {
                    wire.answer(407, "Proxy-Authenticate: Basic realm=x\r\n", "");
                  } else {
                    wire.json("{}");
                  }
                });
        HttpService service =
            Services.with(
                HttpSettings.of("Cloud", URI.create("http://localhost:9"))
                    .withProxy(
                        ProxySettings.of("inner.test", proxy.port())
                            .signingIn("ada", Secret.of("secret"))),
                names)) {
      Services.text(service, HttpRequest.get("a"));

      assertThat(names.asked()).contains("inner.test:" + proxy.port(), "localhost:9");
      assertThat(proxy.received().get(1).path()).isEqualTo("http://localhost:9/a");
    }
  }

  @Test
  void a_proxy_that_refuses_is_told_from_a_service_that_does() {
    try (ScriptedServer proxy =
        ScriptedServer.plain(
            (request, wire) -> wire.answer(407, "Proxy-Authenticate: Basic realm=x\r\n", ""))) {
      HttpSettings settings =
          HttpSettings.of("Cloud", URI.create("https://cloud.test"))
              .withProxy(ProxySettings.of("127.0.0.1", proxy.port()));
      try (HttpService service = Services.with(settings, names)) {
        assertThat(thrownBy(() -> Services.text(service, HttpRequest.get("a"))).code())
            .isEqualTo(HttpErrorCode.PROXY_REFUSED);
      }
      assertThat(proxy.received().get(0).path()).isEqualTo("cloud.test:443");
    }
  }

  @Test
  void what_lies_behind_a_proxy_is_checked_as_far_as_it_is_known_here() {
    HttpSettings settings =
        HttpSettings.of("Cloud", URI.create("https://secret.test"))
            .withProxy(ProxySettings.of("127.0.0.1", 1));
    try (HttpService service = Services.with(settings, names)) {
      assertThat(thrownBy(() -> Services.text(service, HttpRequest.get("a"))).code())
          .isEqualTo(StandardErrorCode.EGRESS_REFUSED);
    }
  }

  @Test
  void a_proxy_at_a_forbidden_address_is_not_dialled() throws IOException {
    HttpSettings settings =
        HttpSettings.of("Cloud", URI.create("https://inner.test"))
            .withProxy(ProxySettings.of("127.0.0.2", 1));
    try (HttpService service = Services.with(settings, names)) {
      assertThat(thrownBy(() -> Services.text(service, HttpRequest.get("a"))).code())
          .isEqualTo(StandardErrorCode.EGRESS_REFUSED);
      assertThat(thrownBy(service::resolve).code()).isEqualTo(StandardErrorCode.EGRESS_REFUSED);
    }
  }
}
