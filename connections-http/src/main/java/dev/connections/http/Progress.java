package dev.connections.http;

import java.net.InetSocketAddress;
import java.net.Proxy;
import okhttp3.Call;
import okhttp3.Connection;
import okhttp3.EventListener;
import okhttp3.Handshake;
import okhttp3.Protocol;
import okhttp3.Response;

/** How far a round trip has come: what a failure means depends on it. */
final class Progress extends EventListener {
  /** The stages of a round trip. */
  enum Stage {
    /** Nothing is connected yet. */
    BEGUN,
    /** A socket is being connected. */
    CONNECTING,
    /** The channel is being encrypted. */
    SECURING,
    /** The request is on its way, or the service thinks. */
    ASKED,
    /** The answer's body is on its way. */
    ANSWERED
  }

  private volatile Stage stage = Stage.BEGUN;
  private volatile boolean shared;

  Stage stage() {
    return stage;
  }

  /** {@return whether the channel carries other requests too, and outlives a cancelled one} */
  boolean shared() {
    return shared;
  }

  @Override
  public void connectStart(Call call, InetSocketAddress address, Proxy proxy) {
    stage = Stage.CONNECTING;
  }

  @Override
  public void secureConnectStart(Call call) {
    stage = Stage.SECURING;
  }

  @Override
  public void secureConnectEnd(Call call, Handshake handshake) {
    stage = Stage.ASKED;
  }

  @Override
  public void connectEnd(Call call, InetSocketAddress address, Proxy proxy, Protocol protocol) {
    stage = Stage.ASKED;
  }

  @Override
  public void connectionAcquired(Call call, Connection connection) {
    shared = connection.protocol() == Protocol.HTTP_2;
    stage = Stage.ASKED;
  }

  @Override
  public void responseHeadersEnd(Call call, Response response) {
    stage = Stage.ANSWERED;
  }
}
