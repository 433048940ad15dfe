package dev.connections.mssql.tds;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/** Messages, cut into packets. One thread reads and one writes. */
final class Packets {
  static final int HEADER = 8;
  private static final int LAST = 0x01;
  private static final int IGNORED = 0x02;

  private final DataInputStream in;
  private final OutputStream out;
  private int packetSize = 4096;

  Packets(InputStream in, OutputStream out) {
    this.in = new DataInputStream(in);
    this.out = out;
  }

  /** The size agreed upon, for packets to come. */
  void packetSize(int size) {
    packetSize = size;
  }

  /** {@return the next whole message; one that its sender gave up is left out} */
  Message read() throws IOException {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    while (true) {
      int type = in.readUnsignedByte();
      int status = in.readUnsignedByte();
      int length = in.readUnsignedShort();
      in.readInt();
      if (length < HEADER) {
        throw new IOException("a packet shorter than its header");
      }
      byte[] part = in.readNBytes(length - HEADER);
      if (part.length < length - HEADER) {
        throw new EOFException();
      }
      body.write(part);
      if ((status & LAST) != 0) {
        if ((status & IGNORED) == 0) {
          return new Message(type, body.toByteArray());
        }
        body.reset();
      }
    }
  }

  static void writePacket(OutputStream out, int type, boolean last, int number, byte[] body)
      throws IOException {
    int length = HEADER + body.length;
    byte[] packet = new byte[length];
    packet[0] = (byte) type;
    packet[1] = (byte) (last ? LAST : 0);
    packet[2] = (byte) (length >> 8);
    packet[3] = (byte) length;
    packet[6] = (byte) number;
    System.arraycopy(body, 0, packet, HEADER, body.length);
    out.write(packet);
  }

  /** {@return where an answer is written to; closing it ends the message} */
  Answering answer() {
    return new Answering();
  }

  /** One answer: a packet is sent when it is full, the last one when the answer is closed. */
  final class Answering extends OutputStream {
    private final ByteArrayOutputStream packet = new ByteArrayOutputStream();
    private int number = 1;

    @Override
    public void write(int value) throws IOException {
      if (packet.size() == packetSize - HEADER) {
        send(false);
      }
      packet.write(value);
    }

    private void send(boolean last) throws IOException {
      writePacket(out, Message.ANSWER, last, number++, packet.toByteArray());
      packet.reset();
    }

    /** Sends what there is, as a packet after which more follow. */
    @Override
    public void flush() throws IOException {
      if (packet.size() > 0) {
        send(false);
      }
      out.flush();
    }

    @Override
    public void close() throws IOException {
      send(true);
      out.flush();
    }
  }
}
