package dev.connections.mssql.tds;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;

/**
 * A socket for TLS to run on: while it shakes hands, its records travel in packets of the protocol;
 * afterwards they travel as they are.
 */
final class HandshakeSocket extends Socket {
  private final Socket socket;
  private final InputStream in;
  private final OutputStream out;
  private final Runnable pause;
  private volatile boolean shakingHands = true;
  private boolean turned = true;

  /** A pause is made before each answer to what the other side said. */
  HandshakeSocket(Socket socket, Runnable pause) throws IOException {
    this.socket = socket;
    this.pause = pause;
    this.in = new Unwrapping(socket.getInputStream());
    this.out = new Wrapping(socket.getOutputStream());
  }

  void handsShaken() {
    shakingHands = false;
  }

  @Override
  public InputStream getInputStream() {
    return in;
  }

  @Override
  public OutputStream getOutputStream() {
    return out;
  }

  @Override
  public boolean isConnected() {
    return socket.isConnected();
  }

  @Override
  public boolean isClosed() {
    return socket.isClosed();
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }

  private final class Unwrapping extends InputStream {
    private final InputStream wire;
    private int left;

    Unwrapping(InputStream wire) {
      this.wire = wire;
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : Byte.toUnsignedInt(one[0]);
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
      if (!shakingHands && left == 0) {
        return wire.read(bytes, offset, length);
      }
      while (left == 0) {
        byte[] header = wire.readNBytes(Packets.HEADER);
        if (header.length < Packets.HEADER) {
          return -1;
        }
        left =
            ((Byte.toUnsignedInt(header[2]) << 8) | Byte.toUnsignedInt(header[3])) - Packets.HEADER;
        if (header[0] != Message.PRE_LOGIN || left < 0) {
          throw new IOException("a handshake outside the packets made for it");
        }
        if (turned) {
          turned = false;
          pause.run();
        }
      }
      int read = wire.read(bytes, offset, Math.min(length, left));
      left -= Math.max(0, read);
      return read;
    }
  }

  private final class Wrapping extends FilterOutputStream {
    Wrapping(OutputStream wire) {
      super(wire);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
      if (!shakingHands) {
        out.write(bytes, offset, length);
        return;
      }
      turned = true;
      int most = 4096 - Packets.HEADER;
      for (int done = 0; done < length; done += most) {
        byte[] part = new byte[Math.min(most, length - done)];
        System.arraycopy(bytes, offset + done, part, 0, part.length);
        Packets.writePacket(out, Message.PRE_LOGIN, true, 1, part);
      }
    }

    @Override
    public void write(int value) throws IOException {
      write(new byte[] {(byte) value}, 0, 1);
    }
  }
}
