package dev.connections.jdbc;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import javax.net.SocketFactory;

/**
 * Makes sockets for a driver that connects them itself, and that its server may send to another
 * server. Like {@link PinnedSocketFactory} it dials none but addresses which the host's egress
 * policy has checked: those of the database's own host, or those of the host it was sent to.
 */
public final class RoutedSocketFactory extends SocketFactory {
  private final Wire wire;

  /**
   * Made by a driver.
   *
   * @param key says which database is dialled
   * @throws IllegalArgumentException if the key is unknown, because that database was closed
   */
  public RoutedSocketFactory(String key) {
    wire = PinnedSocketFactory.find(key);
  }

  /**
   * {@return the answer to a datagram} It goes to the checked addresses of the database's host, one
   * after the other, and to each of them several times. Ends with the time of the connection that
   * is being made, or when that is cancelled.
   *
   * @param port the port to ask
   * @param question what is sent
   * @param longest how many bytes of the answer are wanted at most
   * @throws java.net.SocketTimeoutException if there is no answer
   * @throws IOException if nobody is there to answer
   * @throws dev.connections.api.ConnectionException if the host's egress policy refuses the port
   */
  public byte[] ask(int port, byte[] question, int longest) throws IOException {
    return wire.ask(port, question, longest);
  }

  @Override
  public Socket createSocket() {
    return wire.unconnected();
  }

  private static Socket unasked() throws IOException {
    throw new SocketException("this driver connects its sockets itself");
  }

  @Override
  public Socket createSocket(String host, int port) throws IOException {
    return unasked();
  }

  @Override
  public Socket createSocket(String host, int port, InetAddress from, int fromPort)
      throws IOException {
    return unasked();
  }

  @Override
  public Socket createSocket(InetAddress host, int port) throws IOException {
    return unasked();
  }

  @Override
  public Socket createSocket(InetAddress host, int port, InetAddress from, int fromPort)
      throws IOException {
    return unasked();
  }
}
