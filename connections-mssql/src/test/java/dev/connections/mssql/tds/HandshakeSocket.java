package dev.connections.mssql.tds;

import java.io.ByteArrayOutputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.util.Arrays;

/**
 * A socket for TLS to run on: while it shakes hands, its records travel in packets of the protocol;
 * afterwards they travel as they are.
 */
final class HandshakeSocket extends Socket {
  private static final int LONGEST = 4096 - Packets.HEADER;

  private final Socket socket;
  private final InputStream in;
  private final Wrapping out;
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

  /** Sends what is left to be said, and goes on without packets. */
  void handsShaken() throws IOException {
    out.send();
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
        out.send();
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

  /** All that one side says before it listens is one message. */
  private final class Wrapping extends FilterOutputStream {
    private final ByteArrayOutputStream message = new ByteArrayOutputStream();

    Wrapping(OutputStream wire) {
      super(wire);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
      if (shakingHands) {
        message.write(bytes, offset, length);
      } else {
        out.write(bytes, offset, length);
      }
    }

    @Override
    public void write(int value) throws IOException {
      write(new byte[] {(byte) value}, 0, 1);
    }

    void send() throws IOException {
      byte[] bytes = message.toByteArray();
      message.reset();
      for (int done = 0; done < bytes.length; done += LONGEST) {
        int end = Math.min(bytes.length, done + LONGEST);
        byte[] part = Arrays.copyOfRange(bytes, done, end);
        Packets.writePacket(out, Message.PRE_LOGIN, end == bytes.length, 1, part);
      }
      turned |= bytes.length > 0;
    }
  }
}
