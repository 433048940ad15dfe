package dev.connections.core.internal.egress;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.connections.api.ConnectionException;
import dev.connections.api.StandardErrorCode;
import dev.connections.core.EgressRules;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(120)
class CheckedEgressTest {
  private static final EgressRules STRICT =
      EgressRules.defaults().withoutLoopback().withoutPrivateRanges();

  private final AtomicInteger lookups = new AtomicInteger();

  @ParameterizedTest
  @ValueSource(
      strings = {
        "8.8.8.8",
        "2001:4860:4860::8888",
        "[2001:4860:4860::8888]",
        "2606:4700:4700:0:0:0:0:1111",
        "1.1.1.1",
        "64:ff9b::8.8.8.8",
        "2002:808:808::1",
        "::ffff:8.8.8.8",
        " 8.8.8.8 "
      })
  void public_addresses_are_allowed_by_the_strictest_rules(String address) {
    assertThat(egress(STRICT).resolve(address, 443)).hasSize(1);
    assertThat(lookups).as("lookups of literal addresses").hasValue(0);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "127.0.0.1",
        "127.255.255.254",
        "::1",
        "[::1]",
        "0:0:0:0:0:0:0:1",
        "::ffff:127.0.0.1",
        "::ffff:7f00:1",
        "::127.0.0.1",
        "::ffff:0:127.0.0.1",
        "64:ff9b::127.0.0.1",
        "64:ff9b::7f00:1",
        "2002:7f00:1::1",
        "2001:4860::5efe:127.0.0.1",
        "2001:4860::200:5efe:7f00:1"
      })
  void this_machine_is_refused_in_every_disguise_where_the_host_does_not_allow_it(String address) {
    assertThat(egress(EgressRules.defaults()).resolve(address, 443)).hasSize(1);
    assertRefused(EgressRules.defaults().withoutLoopback(), address, "this machine");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "10.1.2.3",
        "172.16.0.1",
        "172.31.255.255",
        "192.168.1.1",
        "100.64.0.1",
        "100.127.255.255",
        "198.18.0.1",
        "fc00::1",
        "fdff::1",
        "fec0::1",
        "::ffff:10.1.2.3",
        "::10.1.2.3",
        "64:ff9b::10.1.2.3",
        "2002:a01:203::1"
      })
  void private_networks_are_refused_in_every_disguise_where_the_host_does_not_allow_them(
      String address) {
    assertThat(egress(EgressRules.defaults()).resolve(address, 443)).hasSize(1);
    assertRefused(EgressRules.defaults().withoutPrivateRanges(), address, "a private network");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "169.254.169.254",
        "169.254.0.1",
        "fe80::1",
        "febf::1",
        "168.63.129.16",
        "192.0.0.192",
        "100.100.100.200",
        "fd00:ec2::254",
        "fd20:ce::254",
        "0.0.0.0",
        "0.1.2.3",
        "::",
        "::ffff:0.0.0.0",
        "::ffff:169.254.169.254",
        "::169.254.169.254",
        "64:ff9b::a9fe:a9fe",
        "64:ff9b:1::a9fe:a9fe",
        "2002:a9fe:a9fe::1",
        "2001::1",
        "2001:0:4136:e378:8000:63bf:3fff:fdd2",
        "224.0.0.1",
        "239.255.255.255",
        "240.0.0.1",
        "255.255.255.255",
        "ff02::1",
        "192.0.2.1",
        "198.51.100.1",
        "203.0.113.1",
        "2001:db8::1",
        "100::1"
      })
  void some_addresses_are_never_dialled_whatever_the_rules_say(String address) {
    EgressRules open = EgressRules.defaults().withAllowed("0.0.0.0/0").withAllowed("::/0");

    assertRefused(EgressRules.defaults(), address, "");
    assertRefused(open, address, "");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "127.1",
        "127.0.1",
        "0177.0.0.1",
        "127.0.0.01",
        "2130706433",
        "0x7f.1",
        "0x7f000001",
        "0X7F.0.0.0x1",
        "0",
        "0x",
        "1.2.3.4.5",
        "1.2.3.256",
        "127.0.0.1.",
        "example.123",
        "fe80::1%eth0",
        "[fe80::1%25eth0]",
        ":::1",
        "1:2:3",
        "::ffff:0177.0.0.1",
        "::127.1",
        "12345::1",
        "[127.0.0.1]",
        "localhost:5432",
        "１２７.0.0.1",
        "127。0。0。1",
        "②.0.0.1"
      })
  void an_address_that_systems_read_differently_is_refused_without_a_lookup(String address) {
    ConnectionException thrown = assertRefused(EgressRules.defaults(), address, "read differently");

    assertThat(thrown.failure().remedy().orElseThrow()).contains("four numbers");
    assertThat(lookups).hasValue(0);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "https://example.com",
        "user@example.com",
        "example.com/path",
        "exa mple.com",
        "example..com",
        ".example.com",
        "-example.com",
        "example.com\n127.0.0.1",
        "example\u0000.com",
        "[example.com]",
        "${env:HOST}",
        "a;INIT=x"
      })
  void what_is_no_name_is_not_looked_up(String host) {
    ConnectionException thrown =
        catchThrowableOfType(
            ConnectionException.class, () -> egress(EgressRules.defaults()).resolve(host, 443));

    assertThat(thrown).isNotNull();
    assertThat(lookups).hasValue(0);
    assertThat(thrown.failure().message()).doesNotContain("\n").doesNotContain("\u0000");
    assertThat(thrown.failure().remedy()).isPresent();
  }

  @Test
  void a_name_that_is_too_long_is_shown_shortened() {
    ConnectionException thrown =
        catchThrowableOfType(
            ConnectionException.class,
            () -> egress(EgressRules.defaults()).resolve("a.".repeat(5_000), 443));

    assertThat(thrown.code()).isEqualTo(StandardErrorCode.UNKNOWN_HOST);
    assertThat(thrown.failure().message()).hasSizeLessThan(150);
  }

  @ParameterizedTest
  @CsvSource({
    "db.example.com, db.example.com",
    "DB.Example.COM., db.example.com.",
    "my_server, my_server",
    "localhost, localhost",
    "bücher.example, xn--bcher-kva.example",
    "1and1.com, 1and1.com"
  })
  void names_are_looked_up_in_their_plain_form(String host, String asked) {
    CheckedEgress egress =
        new CheckedEgress(
            EgressRules.defaults(),
            name -> {
              assertThat(name).isEqualTo(asked);
              return addresses("8.8.8.8");
            },
            Duration.ofSeconds(60));

    assertThat(egress.resolve(host, 443)).hasSize(1);
  }

  @Test
  void one_address_that_is_not_allowed_refuses_the_whole_name() {
    ConnectionException thrown =
        catchThrowableOfType(
            ConnectionException.class,
            () -> egress(STRICT, "8.8.8.8", "10.0.0.1").resolve("rebinding.example", 443));

    assertThat(thrown.code()).isEqualTo(StandardErrorCode.EGRESS_REFUSED);
    assertThat(thrown.failure().message()).contains("rebinding.example");
    assertThat(thrown.failure().remedy()).isPresent();
  }

  @Test
  void a_name_is_asked_for_once_and_all_its_addresses_are_given() {
    List<InetAddress> addresses = egress(STRICT, "8.8.8.8", "1.1.1.1").resolve("a.example", 443);

    assertThat(addresses)
        .extracting(InetAddress::getHostAddress)
        .containsExactly("8.8.8.8", "1.1.1.1");
    assertThat(lookups).hasValue(1);
  }

  @Test
  void the_narrower_range_decides_and_denied_wins_between_equals() {
    EgressRules one =
        STRICT
            .withDenied("0.0.0.0/0")
            .withDenied("::/0")
            .withAllowed("10.20.0.0/16")
            .withDenied("10.20.30.0/24")
            .withAllowed("8.8.8.8/32")
            .withDenied("8.8.8.8/32");

    assertThat(egress(one).resolve("10.20.1.1", 443)).hasSize(1);
    assertRefused(one, "10.20.30.1", "");
    assertRefused(one, "10.21.0.1", "");
    assertRefused(one, "8.8.8.8", "a public address");
    assertRefused(one, "1.1.1.1", "a public address");
    assertRefused(one, "2001:4860::8888", "");
    assertRefused(one, "64:ff9b::10.20.1.1", "");
  }

  @Test
  void an_allowed_range_opens_what_is_otherwise_closed() {
    assertThat(egress(STRICT.withAllowed("10.20.0.0/16")).resolve("10.20.1.1", 443)).hasSize(1);
    assertThat(egress(STRICT.withAllowed("127.0.0.1/32")).resolve("127.0.0.1", 443)).hasSize(1);
    assertRefused(STRICT.withAllowed("127.0.0.1/32"), "127.0.0.2", "this machine");
  }

  @Test
  void a_name_without_an_address_is_unknown() {
    CheckedEgress none =
        new CheckedEgress(STRICT, name -> new InetAddress[0], Duration.ofSeconds(60));
    CheckedEgress unknown =
        new CheckedEgress(
            STRICT,
            name -> {
              throw new UnknownHostException(name);
            },
            Duration.ofSeconds(60));

    for (CheckedEgress egress : List.of(none, unknown)) {
      ConnectionException thrown =
          catchThrowableOfType(
              ConnectionException.class, () -> egress.resolve("no.such.example", 443));
      assertThat(thrown.code()).isEqualTo(StandardErrorCode.UNKNOWN_HOST);
      assertThat(thrown.failure().message()).contains("no.such.example");
      assertThat(thrown.failure().remedy().orElseThrow()).contains("localhost");
    }
  }

  @Test
  void a_name_server_that_does_not_answer_does_not_hold_the_caller() {
    CountDownLatch released = new CountDownLatch(1);
    CheckedEgress egress =
        new CheckedEgress(
            STRICT,
            name -> {
              while (released.getCount() > 0) {
                try {
                  released.await();
                } catch (InterruptedException deaf) {
                  // As the system's resolver is.
                }
              }
              return addresses("8.8.8.8");
            },
            Duration.ofMillis(30));
    try {
      ConnectionException thrown =
          catchThrowableOfType(ConnectionException.class, () -> egress.resolve("a.example", 443));

      assertThat(thrown.code()).isEqualTo(StandardErrorCode.TIMEOUT);
      assertThat(thrown.failure().remedy()).isPresent();
      assertThat(released.getCount()).isEqualTo(1);
    } finally {
      released.countDown();
    }
  }

  @Test
  void an_interrupted_lookup_is_cancelled_with_the_flag_set_again() {
    CountDownLatch released = new CountDownLatch(1);
    CheckedEgress egress =
        new CheckedEgress(
            STRICT,
            name -> {
              try {
                released.await();
              } catch (InterruptedException over) {
                Thread.currentThread().interrupt();
              }
              return addresses("8.8.8.8");
            },
            Duration.ofSeconds(60));
    Thread.currentThread().interrupt();
    ConnectionException thrown;
    try {
      thrown =
          catchThrowableOfType(ConnectionException.class, () -> egress.resolve("a.example", 443));
    } finally {
      assertThat(Thread.interrupted()).isTrue();
      released.countDown();
    }

    assertThat(thrown.code()).isEqualTo(StandardErrorCode.CANCELLED);
  }

  @Test
  void a_resolver_that_breaks_is_a_defect_and_its_message_stays_inside() {
    CheckedEgress egress =
        new CheckedEgress(
            STRICT,
            name -> {
              throw new IllegalStateException("swordfish");
            },
            Duration.ofSeconds(60));

    ConnectionException thrown =
        catchThrowableOfType(ConnectionException.class, () -> egress.resolve("a.example", 443));

    assertThat(thrown.code()).isEqualTo(StandardErrorCode.INTERNAL);
    assertThat(thrown).hasMessageNotContaining("swordfish").hasMessageContaining("IllegalState");
  }

  @Test
  void the_systems_resolver_knows_this_machine() {
    CheckedEgress egress = new CheckedEgress(EgressRules.defaults().withSecureRequired());

    assertThat(egress.resolve("localhost", 443)).isNotEmpty();
    assertThat(egress.secureRequired()).isTrue();
  }

  private ConnectionException assertRefused(EgressRules rules, String address, String words) {
    ConnectionException thrown =
        catchThrowableOfType(ConnectionException.class, () -> egress(rules).resolve(address, 443));
    assertThat(thrown).as(address).isNotNull();
    assertThat(thrown.code()).isEqualTo(StandardErrorCode.EGRESS_REFUSED);
    assertThat(thrown.failure().message()).contains(words);
    assertThat(thrown.failure().remedy()).isPresent();
    // What DNS answers is judged like what the user writes.
    return thrown;
  }

  private CheckedEgress egress(EgressRules rules, String... answers) {
    return new CheckedEgress(
        rules,
        name -> {
          lookups.incrementAndGet();
          return addresses(answers);
        },
        Duration.ofSeconds(60));
  }

  private static InetAddress[] addresses(String... literals) {
    return Arrays.stream(literals)
        .map(literal -> Literal.parse(literal).orElseThrow())
        .map(
            bytes -> {
              try {
                return InetAddress.getByAddress(bytes);
              } catch (UnknownHostException wrongLength) {
                throw new AssertionError(wrongLength);
              }
            })
        .toArray(InetAddress[]::new);
  }
}
