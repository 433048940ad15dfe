package dev.connections.mssql.internal;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.function.Function;

/** Answers as SQL Server Browser does, or as a test wants it. */
final class ScriptedBrowser implements AutoCloseable {
  private final DatagramSocket socket;
  private final List<byte[]> questions = new CopyOnWriteArrayList<>();
  private final CountDownLatch asked = new CountDownLatch(1);

  private ScriptedBrowser(Function<byte[], byte[]> answers) {
    try {
      socket = new DatagramSocket(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Thread thread = new Thread(() -> listen(answers), "browser-endpoint");
    thread.setDaemon(true);
    thread.start();
  }

  /** Answers every question with bytes; none is no answer. */
  static ScriptedBrowser answering(byte... answer) {
    return new ScriptedBrowser(question -> answer);
  }

  /** Knows one instance. */
  static ScriptedBrowser knowing(String instance, String endpoints) {
    return new ScriptedBrowser(
        question -> {
          String asked = new String(question, 1, question.length - 2, StandardCharsets.US_ASCII);
          return asked.equalsIgnoreCase(instance)
              ? answer("ServerName;BOX;InstanceName;" + instance + ";" + endpoints)
              : new byte[0];
        });
  }

  /** An answer with its header. */
  static byte[] answer(String text) {
    byte[] words = text.getBytes(StandardCharsets.ISO_8859_1);
    byte[] answer = new byte[words.length + 3];
    answer[0] = 0x05;
    answer[1] = (byte) words.length;
    answer[2] = (byte) (words.length >> 8);
    System.arraycopy(words, 0, answer, 3, words.length);
    return answer;
  }

  private void listen(Function<byte[], byte[]> answers) {
    try {
      while (true) {
        DatagramPacket question = new DatagramPacket(new byte[256], 256);
        socket.receive(question);
        byte[] bytes = Arrays.copyOf(question.getData(), question.getLength());
        questions.add(bytes);
        asked.countDown();
        byte[] answer = answers.apply(bytes);
        if (answer.length > 0) {
          socket.send(new DatagramPacket(answer, answer.length, question.getSocketAddress()));
        }
      }
    } catch (IOException e) {
      // Closed.
    }
  }

  SqlBrowser address() {
    return new SqlBrowser(socket.getLocalPort());
  }

  List<byte[]> questions() {
    return List.copyOf(questions);
  }

  void awaitQuestion() throws InterruptedException {
    if (!asked.await(60, java.util.concurrent.TimeUnit.SECONDS)) {
      throw new IllegalStateException("nobody asked");
    }
  }

  @Override
  public void close() {
    socket.close();
  }
}
