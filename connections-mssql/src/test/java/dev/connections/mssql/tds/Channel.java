package dev.connections.mssql.tds;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.util.Map;
import java.util.TreeMap;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;

/** A connection that has been greeted, with as much encryption as was agreed upon. */
final class Channel {
  private static final String STRICT_PROTOCOL = "tds/8.0";

  private final Endpoint endpoint;
  private final Socket socket;
  private final RecordedConnection recorded;
  private final Runnable pause;

  Channel(Endpoint endpoint, Socket socket, RecordedConnection recorded, Runnable pause) {
    this.endpoint = endpoint;
    this.socket = socket;
    this.recorded = recorded;
    this.pause = pause;
  }

  /**
   * Where messages go.
   *
   * @param signIn for the sign-in
   * @param requests for everything after it
   */
  record Opened(Packets signIn, Packets requests) {}

  /** Greets, and shakes hands where that was agreed upon. */
  Opened open() throws IOException {
    if (endpoint.encryption() == Encryption.STRICT) {
      SSLSocket secure = handshake(socket, "TLSv1.3", "TLSv1.2");
      recorded.encrypted(Encryption.Extent.EVERYTHING, secure.getSession().getProtocol());
      Packets packets = packets(secure);
      greet(packets);
      return new Opened(packets, packets);
    }
    Packets plain = packets(socket);
    Encryption.Extent extent = greet(plain);
    if (extent == Encryption.Extent.NOTHING) {
      return new Opened(plain, plain);
    }
    HandshakeSocket wrapped = new HandshakeSocket(socket, pause);
    // Servers of version 7 don't go further: what TLS 1.3 says after its handshake has no packet.
    SSLSocket secure;
    try {
      secure = handshake(wrapped, "TLSv1.2");
    } finally {
      wrapped.handsShaken();
    }
    recorded.encrypted(extent, secure.getSession().getProtocol());
    Packets packets = packets(secure);
    return new Opened(packets, extent == Encryption.Extent.SIGN_IN ? plain : packets);
  }

  private Packets packets(Socket through) throws IOException {
    InputStream in = through.getInputStream();
    OutputStream out = endpoint.disturbance().on(through.getOutputStream());
    return new Packets(in, out);
  }

  private SSLSocket handshake(Socket through, String... versions) throws IOException {
    SSLContext tls =
        endpoint.tls().orElseThrow(() -> new IllegalStateException("there is no certificate"));
    SSLSocket secure = (SSLSocket) tls.getSocketFactory().createSocket(through, null, true);
    secure.setUseClientMode(false);
    secure.setNeedClientAuth(endpoint.asksForCertificates());
    SSLParameters parameters = secure.getSSLParameters();
    parameters.setProtocols(versions);
    if (endpoint.encryption() == Encryption.STRICT) {
      parameters.setApplicationProtocols(new String[] {STRICT_PROTOCOL});
    }
    secure.setSSLParameters(parameters);
    secure.startHandshake();
    if (endpoint.asksForCertificates()) {
      recorded.shows(secure.getSession().getPeerPrincipal().getName());
    }
    if (endpoint.encryption() == Encryption.STRICT
        && !STRICT_PROTOCOL.equals(secure.getApplicationProtocol())) {
      throw new IOException("a client that doesn't name the protocol");
    }
    return secure;
  }

  private Encryption.Extent greet(Packets packets) throws IOException {
    Message message = packets.read();
    if (message.type() != Message.PRE_LOGIN) {
      throw new IOException("a client that doesn't greet");
    }
    PreLogin asked = PreLogin.parse(message);
    recorded.roundTrip();
    pause.run();
    ServerVersion version = endpoint.version();
    Map<Integer, byte[]> options = new TreeMap<>();
    options.put(
        PreLogin.VERSION,
        new byte[] {
          (byte) version.major(),
          (byte) version.minor(),
          (byte) (version.build() >> 8),
          (byte) version.build(),
          0,
          0
        });
    int wanted = asked.value(PreLogin.ENCRYPTION, Encryption.CANNOT) & ~Encryption.BY_CERTIFICATE;
    options.put(PreLogin.ENCRYPTION, new byte[] {(byte) endpoint.encryption().answer(wanted)});
    if (asked.value(PreLogin.FEDERATED, 0) != 0) {
      options.put(PreLogin.FEDERATED, new byte[] {1});
    }
    try (Packets.Answering answer = packets.answer()) {
      answer.write(new PreLogin(options).bytes());
    }
    return endpoint.encryption().extent(wanted);
  }
}
