package dev.connections.mssql.internal;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.connections.api.ConfigurationProblem;
import dev.connections.api.ConfigurationValues;
import dev.connections.api.ConnectionException;
import dev.connections.api.EgressPolicy;
import dev.connections.api.Failure;
import dev.connections.api.StandardErrorCode;
import dev.connections.api.TestResult;
import dev.connections.testkit.TestAdapterContext;
import dev.connections.testkit.TestOperation;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Named instances, whose port a service beside the server tells. */
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class SqlBrowserTest {
  private final SmallShop shop = new SmallShop();

  @AfterEach
  void close() {
    shop.close();
  }

  /** The port that is entered is nobody's: it doesn't count. */
  private ConfigurationValues values() {
    return shop.values()
        .with("port", 1)
        .with("advanced.instance_name", "SQLExpress")
        .with("advanced.find_port", true);
  }

  private ScriptedBrowser knowing() {
    return ScriptedBrowser.knowing(
        "SQLEXPRESS",
        "IsClustered;No;Version;16.0.1000.6;np;\\\\BOX\\pipe\\sql;tcp;"
            + shop.server().port()
            + ";;");
  }

  private static Opened opened(ConfigurationValues values, ScriptedBrowser browser) {
    return Opened.of(values, Parts.STANDARD.with(browser.address()));
  }

  private TestResult tested(ScriptedBrowser browser) {
    return tested(values(), browser);
  }

  private static TestResult tested(ConfigurationValues values, ScriptedBrowser browser) {
    try (browser;
        Opened opened = opened(values, browser)) {
      return opened.adapter().test(TestOperation.start());
    }
  }

  private Failure refused(ScriptedBrowser browser) {
    return refused(tested(browser));
  }

  private Failure refused(TestResult result) {
    assertThat(result.step("resolve").orElseThrow().status()).isEqualTo(TestResult.Status.FAILED);
    assertThat(shop.server().connections()).isEmpty();
    Failure failure = result.firstFailure().orElseThrow();
    assertThat(failure.fields())
        .containsExactly("advanced.instance_name", "advanced.find_port", "port");
    assertThat(failure.remedy()).isPresent();
    return failure;
  }

  @Test
  void an_instance_is_found_by_its_name_for_the_test_and_for_reading() {
    ScriptedBrowser browser = knowing();
    TestResult result = tested(browser);

    assertThat(result.steps()).allMatch(step -> step.status() == TestResult.Status.PASSED);
    assertThat(result.step("resolve").orElseThrow().detail().orElseThrow())
        .endsWith("port " + shop.server().port());
    assertThat(browser.questions().get(0))
        .isEqualTo(new byte[] {4, 'S', 'Q', 'L', 'E', 'x', 'p', 'r', 'e', 's', 's', 0});
    try (ScriptedBrowser other = knowing();
        Opened opened = opened(values(), other)) {
      assertThat(opened.imported().tables()).hasSize(42);
    }
  }

  @Test
  void without_being_asked_to_nobody_looks_anything_up() {
    try (ScriptedBrowser browser = knowing();
        Opened opened =
            opened(
                values().with("advanced.find_port", false).with("port", shop.server().port()),
                browser)) {
      assertThat(opened.adapter().test(TestOperation.start()).firstFailure()).isEmpty();
      assertThat(browser.questions()).isEmpty();
    }
  }

  @Test
  void an_instance_that_moves_is_found_anew() {
    ScriptedBrowser browser = knowing();
    try (browser;
        Opened opened = opened(values(), browser)) {
      assertThat(opened.imported().tables()).isNotEmpty();
      int before = browser.questions().size();
      opened.adapter().test(TestOperation.start());
      assertThat(browser.questions()).hasSizeGreaterThan(before);
    }
  }

  /** Nobody listens on it any more. */
  private static int abandonedPort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  @Test
  void what_goes_wrong_at_the_port_that_was_found_names_that_port() throws IOException {
    int found = abandonedPort();
    try (ScriptedBrowser browser = ScriptedBrowser.knowing("SQLEXPRESS", "tcp;" + found + ";;");
        Opened opened = opened(values(), browser)) {
      Failure tested = opened.adapter().test(TestOperation.start()).firstFailure().orElseThrow();
      Failure listed =
          catchThrowableOfType(
                  ConnectionException.class,
                  () -> opened.adapter().listSchemas(TestOperation.start()))
              .failure();

      assertThat(List.of(tested, listed))
          .extracting(Failure::code)
          .containsOnly(StandardErrorCode.CONNECTION_REFUSED);
      assertThat(tested.message()).contains("localhost:" + found);
      assertThat(listed.message()).isEqualTo(tested.message());
    }
  }

  @Test
  void another_kind_of_server_at_the_port_that_was_found_is_told_with_that_port()
      throws IOException {
    try (ServerSocket other = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
      Thread greeting =
          new Thread(
              () -> {
                try (Socket client = other.accept()) {
                  client
                      .getOutputStream()
                      .write("220 mail.example.com ESMTP\r\n".getBytes(US_ASCII));
                  client.getInputStream().readAllBytes();
                } catch (IOException e) {
                  // Gone.
                }
              });
      greeting.setDaemon(true);
      greeting.start();
      TestResult result =
          tested(ScriptedBrowser.knowing("SQLEXPRESS", "tcp;" + other.getLocalPort() + ";;"));

      assertThat(result.firstFailure().orElseThrow().code())
          .isEqualTo(StandardErrorCode.WRONG_PROTOCOL);
      assertThat(result.firstFailure().orElseThrow().message())
          .contains("localhost:" + other.getLocalPort());
    }
  }

  @Test
  void an_instance_that_nobody_knows_is_told_with_what_to_do() {
    Failure failure =
        refused(
            tested(
                values().with("advanced.connection_timeout", 1),
                ScriptedBrowser.knowing("OTHER", "tcp;1;;")));

    assertThat(failure.code()).isEqualTo(StandardErrorCode.UNKNOWN_HOST);
    assertThat(failure.message()).contains("SQL Server Browser doesn't answer");
    assertThat(failure.remedy().orElseThrow()).contains("UDP port 1434");
  }

  /** A host's policy that knows one port alone. */
  private static EgressPolicy onlyTo(int allowed) {
    EgressPolicy usual = TestAdapterContext.create().egress();
    return new EgressPolicy() {
      @Override
      public List<InetAddress> resolve(String host, int port) {
        if (port != allowed) {
          throw Failure.of(StandardErrorCode.EGRESS_REFUSED, "Port " + port + " isn't allowed.")
              .asException();
        }
        return usual.resolve(host, port);
      }

      @Override
      public boolean secureRequired() {
        return false;
      }
    };
  }

  @Test
  void neither_the_service_nor_the_port_that_it_tells_is_dialled_against_the_hosts_policy() {
    for (boolean service : new boolean[] {true, false}) {
      try (ScriptedBrowser browser = knowing();
          Opened opened =
              Opened.of(
                  values(),
                  Parts.STANDARD.with(browser.address()),
                  TestAdapterContext.create()
                      .withEgress(
                          onlyTo(service ? shop.server().port() : browser.address().port())))) {
        Failure failure = opened.adapter().test(TestOperation.start()).firstFailure().orElseThrow();
        assertThat(failure.code()).isEqualTo(StandardErrorCode.EGRESS_REFUSED);
        assertThat(browser.questions()).hasSize(service ? 0 : 1);
        assertThatThrownBy(() -> opened.adapter().listSchemas(TestOperation.start()))
            .isInstanceOfSatisfying(
                ConnectionException.class,
                thrown -> assertThat(thrown.code()).isEqualTo(StandardErrorCode.EGRESS_REFUSED));
        assertThat(shop.server().connections()).isEmpty();
      }
    }
  }

  @Test
  void an_instance_without_tcp_is_told() {
    assertThat(refused(ScriptedBrowser.knowing("SQLEXPRESS", "np;\\\\BOX\\pipe;;")).message())
        .isEqualTo("The instance doesn't listen for TCP/IP.");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "InstanceName;OTHER;tcp;1433;;",
        "InstanceName;SQLEXPRESS;tcp;0;;",
        "InstanceName;SQLEXPRESS;tcp;65536;;",
        "InstanceName;SQLEXPRESS;tcp;99999999999;;",
        "InstanceName;SQLEXPRESS;tcp;-1;;",
        "InstanceName;SQLEXPRESS;tcp;14 33;;",
        "tcp;1433",
        ""
      })
  void an_answer_that_cannot_be_meant_is_not_followed(String text) {
    assertThat(refused(ScriptedBrowser.answering(ScriptedBrowser.answer(text))).code())
        .isEqualTo(StandardErrorCode.WRONG_PROTOCOL);
  }

  @Test
  void an_answer_that_is_no_answer_is_not_followed() {
    byte[] good = ScriptedBrowser.answer("InstanceName;SQLEXPRESS;tcp;1433;;");
    byte[] longer = good.clone();
    longer[1]++;
    byte[] other = good.clone();
    other[0] = 6;
    for (byte[] answer : List.of(longer, other, new byte[] {5}, new byte[2_000])) {
      assertThat(refused(ScriptedBrowser.answering(answer)).code())
          .isEqualTo(StandardErrorCode.WRONG_PROTOCOL);
    }
  }

  /** Nothing but the cancel ends it: its time-outs are far away. */
  @Test
  void a_cancel_ends_the_look() throws InterruptedException {
    TestOperation operation = TestOperation.within(Duration.ofMinutes(5));
    try (ScriptedBrowser silent = ScriptedBrowser.answering();
        Opened opened = opened(values(), silent)) {
      Thread canceller =
          new Thread(
              () -> {
                try {
                  silent.awaitQuestion();
                  operation.cancel();
                } catch (InterruptedException e) {
                  Thread.currentThread().interrupt();
                }
              });
      canceller.start();
      ConnectionException thrown =
          catchThrowableOfType(
              ConnectionException.class, () -> opened.adapter().listSchemas(operation));
      assertThat(thrown.code()).isEqualTo(StandardErrorCode.CANCELLED);
      canceller.join();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "SQL EXPRESS", "a;b", "h\\SQL", "1SQL", "a:1", "é"})
  void a_name_that_no_instance_has_is_refused_offline(String name) {
    ConfigurationValues values =
        name.isEmpty()
            ? values().without("advanced.instance_name")
            : values().with("advanced.instance_name", name);

    assertThat(MssqlFields.SPEC.validate(values))
        .extracting(ConfigurationProblem::field)
        .containsExactly("advanced.instance_name");
    assertThat(MssqlFields.SPEC.validate(values.with("advanced.find_port", false))).isEmpty();
  }
}
