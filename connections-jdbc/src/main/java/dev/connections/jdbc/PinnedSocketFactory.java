package dev.connections.jdbc;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import javax.net.SocketFactory;

/**
 * Makes sockets that are connected to the address which the host's egress policy has checked,
 * whatever name the driver holds. Drivers make it by its class name; what it dials is found by a
 * key.
 */
public final class PinnedSocketFactory extends SocketFactory {
  private static final Map<String, Wire> WIRES = new ConcurrentHashMap<>();

  private final Wire wire;

  /**
   * Made by a driver.
   *
   * @param key says which database is dialled
   * @throws IllegalArgumentException if the key is unknown, because that database was closed
   */
  public PinnedSocketFactory(String key) {
    wire = find(key);
  }

  static Wire find(String key) {
    Wire known = WIRES.get(key);
    if (known == null) {
      throw new IllegalArgumentException("the database was closed");
    }
    return known;
  }

  static void register(String key, Wire wire) {
    WIRES.put(key, wire);
  }

  static void forget(String key) {
    WIRES.remove(key);
  }

  @Override
  public Socket createSocket() throws IOException {
    return wire.dial();
  }

  @Override
  public Socket createSocket(String host, int port) throws IOException {
    return wire.dial();
  }

  @Override
  public Socket createSocket(String host, int port, InetAddress from, int fromPort)
      throws IOException {
    return wire.dial();
  }

  @Override
  public Socket createSocket(InetAddress host, int port) throws IOException {
    return wire.dial();
  }

  @Override
  public Socket createSocket(InetAddress host, int port, InetAddress from, int fromPort)
      throws IOException {
    return wire.dial();
  }
}
