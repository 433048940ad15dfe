package dev.connections.postgresql.internal.tls;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;

/** Encrypts sockets as a configuration says. The driver makes it by its name, with a key. */
public final class ConfiguredTls extends SSLSocketFactory {
  private static final Map<String, Channel> CHANNELS = new ConcurrentHashMap<>();

  private final Channel channel;

  /**
   * How channels of one configuration are encrypted.
   *
   * @param context trust and keys
   * @param protocols the versions that are allowed
   */
  public record Channel(SSLContext context, List<String> protocols) {
    /**
     * Keeps an immutable copy.
     *
     * @param context trust and keys
     * @param protocols the versions that are allowed
     */
    public Channel {
      protocols = List.copyOf(protocols);
    }
  }

  /**
   * Made by the driver.
   *
   * @param key says which configuration
   * @throws IllegalArgumentException if the key is unknown, because its adapter was closed
   */
  public ConfiguredTls(String key) {
    Channel known = CHANNELS.get(key);
    if (known == null) {
      throw new IllegalArgumentException("the connection was closed");
    }
    channel = known;
  }

  /**
   * Makes a configuration known.
   *
   * @param key its key
   * @param channel how its channels are encrypted
   */
  public static void register(String key, Channel channel) {
    CHANNELS.put(key, channel);
  }

  /**
   * Forgets a configuration.
   *
   * @param key its key
   */
  public static void forget(String key) {
    CHANNELS.remove(key);
  }

  @Override
  public Socket createSocket(Socket socket, String host, int port, boolean autoClose)
      throws IOException {
    Socket made = channel.context().getSocketFactory().createSocket(socket, host, port, autoClose);
    ((SSLSocket) made).setEnabledProtocols(channel.protocols().toArray(String[]::new));
    return made;
  }

  @Override
  public String[] getDefaultCipherSuites() {
    return channel.context().getSocketFactory().getDefaultCipherSuites();
  }

  @Override
  public String[] getSupportedCipherSuites() {
    return channel.context().getSocketFactory().getSupportedCipherSuites();
  }

  private static Socket unchecked() throws IOException {
    throw new SocketException("only sockets to checked addresses are encrypted");
  }

  @Override
  public Socket createSocket(String host, int port) throws IOException {
    return unchecked();
  }

  @Override
  public Socket createSocket(String host, int port, InetAddress from, int fromPort)
      throws IOException {
    return unchecked();
  }

  @Override
  public Socket createSocket(InetAddress host, int port) throws IOException {
    return unchecked();
  }

  @Override
  public Socket createSocket(InetAddress host, int port, InetAddress from, int fromPort)
      throws IOException {
    return unchecked();
  }
}
