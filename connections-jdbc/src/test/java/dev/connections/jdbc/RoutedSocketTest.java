package dev.connections.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.connections.api.ConnectionException;
import dev.connections.api.EgressPolicy;
import dev.connections.api.Failure;
import dev.connections.api.StandardErrorCode;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A driver connects its sockets itself, and still reaches none but checked addresses. */
class RoutedSocketTest {
  private static final InetAddress HERE = InetAddress.getLoopbackAddress();

  private final List<String> asked = new CopyOnWriteArrayList<>();
  private final String key = UUID.randomUUID().toString();
  private ServerSocket server;
  private Wire wire;

  private final class Policy implements EgressPolicy {
    @Override
    public List<InetAddress> resolve(String host, int port) {
      asked.add(host + ":" + port);
      if (host.startsWith("forbidden")) {
        throw Failure.of(StandardErrorCode.EGRESS_REFUSED, "It isn't allowed.").asException();
      }
      return host.startsWith("two") ? List.of(HERE, HERE) : List.of(HERE);
    }

    @Override
    public boolean secureRequired() {
      return false;
    }
  }

  @BeforeEach
  void a_server() throws IOException {
    server = new ServerSocket(0, 5, HERE);
    wire = new Wire("sql.example", server.getLocalPort(), new Policy(), Duration.ofSeconds(60));
    PinnedSocketFactory.register(key, wire);
  }

  @AfterEach
  void close() throws IOException {
    PinnedSocketFactory.forget(key);
    server.close();
  }

  private Socket connected(String host, int port) throws IOException {
    Socket socket = new RoutedSocketFactory(key).createSocket();
    // An address that the driver resolved itself, to somewhere else.
    socket.connect(new InetSocketAddress(elsewhere(host), port), 60_000);
    return socket;
  }

  private static InetAddress elsewhere(String host) throws IOException {
    return InetAddress.getByAddress(host, new byte[] {(byte) 203, 0, 113, 7});
  }

  @Test
  void whatever_address_the_driver_found_the_checked_one_is_dialled() throws IOException {
    try (Socket socket = connected("sql.example", server.getLocalPort())) {
      assertThat(socket.getInetAddress()).isEqualTo(HERE);
      assertThat(asked).containsExactly("sql.example:" + server.getLocalPort());
    }
  }

  @Test
  void a_server_may_send_the_driver_to_another_one_that_is_allowed() throws IOException {
    try (ServerSocket other = new ServerSocket(0, 5, HERE);
        Socket socket = connected("two.example", other.getLocalPort())) {
      assertThat(socket.getPort()).isEqualTo(other.getLocalPort());
      assertThat(asked).containsExactly("two.example:" + other.getLocalPort());
    }
  }

  @Test
  void a_server_that_is_not_allowed_is_not_dialled_and_the_reason_is_kept() {
    try (Wire.Dialling dialling = wire.begin(Duration.ofSeconds(60))) {
      ConnectionException refused =
          catchThrowableOfType(
              ConnectionException.class, () -> connected("forbidden.example", 1433));

      assertThat(refused.code()).isEqualTo(StandardErrorCode.EGRESS_REFUSED);
      assertThat(dialling.failure()).contains(refused);
    }
  }

  @Test
  void a_port_where_nothing_listens_is_told_with_its_cause() throws IOException {
    server.close();
    for (String host : List.of("sql.example", "two.example")) {
      try (Wire.Dialling dialling = wire.begin(Duration.ofSeconds(60))) {
        assertThatThrownBy(() -> connected(host, server.getLocalPort()))
            .isInstanceOf(IOException.class);
        assertThat(dialling.failure()).isPresent();
      }
    }
  }

  @Test
  void a_closed_database_connects_nothing() throws IOException {
    Socket open = connected("sql.example", server.getLocalPort());
    wire.cut();

    assertThat(open.isClosed()).isTrue();
    assertThatThrownBy(() -> connected("sql.example", server.getLocalPort()))
        .isInstanceOf(SocketException.class);
    PinnedSocketFactory.forget(key);
    assertThatThrownBy(() -> new RoutedSocketFactory(key))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void sockets_that_are_connected_already_are_not_offered() {
    RoutedSocketFactory factory = new RoutedSocketFactory(key);
    assertThatThrownBy(() -> factory.createSocket("h", 1)).isInstanceOf(SocketException.class);
    assertThatThrownBy(() -> factory.createSocket(HERE, 1)).isInstanceOf(SocketException.class);
    assertThatThrownBy(() -> factory.createSocket("h", 1, HERE, 2))
        .isInstanceOf(SocketException.class);
    assertThatThrownBy(() -> factory.createSocket(HERE, 1, HERE, 2))
        .isInstanceOf(SocketException.class);
  }

  /** Says back what it hears, from the second time on. */
  private static void echo(DatagramSocket service) {
    Thread thread =
        new Thread(
            () -> {
              try {
                for (int heard = 1; ; heard++) {
                  DatagramPacket said = new DatagramPacket(new byte[64], 64);
                  service.receive(said);
                  if (heard > 1) {
                    service.send(said);
                  }
                }
              } catch (IOException e) {
                // Closed.
              }
            });
    thread.setDaemon(true);
    thread.start();
  }

  @Test
  void a_datagram_that_is_lost_is_sent_again_to_checked_addresses_alone() throws IOException {
    try (DatagramSocket service = new DatagramSocket(0, HERE)) {
      echo(service);
      byte[] answer =
          new RoutedSocketFactory(key).ask(service.getLocalPort(), new byte[] {1, 2, 3}, 2);

      assertThat(answer).containsExactly(1, 2);
      assertThat(asked).containsExactly("sql.example:" + service.getLocalPort());
    }
  }

  @Test
  void a_datagram_that_nobody_answers_ends_with_the_time_of_the_connection() throws IOException {
    try (DatagramSocket silent = new DatagramSocket(0, HERE);
        Wire.Dialling dialling = wire.begin(Duration.ofMillis(30))) {
      assertThatThrownBy(
              () -> new RoutedSocketFactory(key).ask(silent.getLocalPort(), new byte[1], 1))
          .isInstanceOf(SocketTimeoutException.class);
      dialling.cut();
      assertThatThrownBy(
              () -> new RoutedSocketFactory(key).ask(silent.getLocalPort(), new byte[1], 1))
          .isInstanceOf(SocketException.class);
    }
  }
}
