package dev.connections.mssql.tds;

import java.io.IOException;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

/** One client, from its greeting to its end. */
final class TdsSession implements Runnable, AutoCloseable {
  private static final int VERSION_8 = 0x08000000;
  private static final int FEDERATED = 0x02;

  private static final Message END = new Message(-1, new byte[0]);

  private final Endpoint endpoint;
  private final Socket socket;
  private final RecordedConnection recorded;
  private final Interruption interruption = new Interruption();
  private final BlockingQueue<Message> requests = new LinkedBlockingQueue<>();
  private final Questioning questioning;

  TdsSession(Endpoint endpoint, Socket socket, RecordedConnection recorded) {
    this.endpoint = endpoint;
    this.socket = socket;
    this.recorded = recorded;
    this.questioning = new Questioning(endpoint.answers(), recorded, interruption);
  }

  @Override
  public void run() {
    try (socket) {
      serve();
    } catch (CutException e) {
      cut(e.cut());
    } catch (IOException e) {
      // The client has gone, or speaks another language.
    } catch (RuntimeException e) {
      recorded.fault(e);
    }
  }

  private void cut(Answer.Cut how) {
    try {
      if (how == Answer.Cut.RESET) {
        socket.setSoLinger(true, 0);
      }
      socket.close();
    } catch (IOException e) {
      // It is gone already.
    }
  }

  private void pause() {
    interruption.await(endpoint.latency());
  }

  private void serve() throws IOException {
    if (endpoint.greeting().isPresent()) {
      greetOtherwise(endpoint.greeting().get());
      return;
    }
    Channel.Opened channel = new Channel(endpoint, socket, recorded, this::pause).open();
    if (signIn(channel)) {
      daemon(() -> listen(channel.requests()));
      answerAll(channel.requests());
    }
  }

  private void greetOtherwise(byte[] greeting) throws IOException {
    if (greeting.length == 0) {
      while (socket.getInputStream().read() >= 0) {
        // Says nothing, whatever it hears.
      }
    }
    if (socket.getInputStream().read() >= 0) {
      socket.getOutputStream().write(greeting);
    }
  }

  static void daemon(Runnable code) {
    Thread thread = new Thread(code, "tds-endpoint");
    thread.setDaemon(true);
    thread.start();
  }

  private boolean signIn(Channel.Opened channel) throws IOException {
    Message message = channel.signIn().read();
    if (message.type() != Message.LOGIN) {
      throw new IOException("a client that doesn't sign in");
    }
    LoginRequest login = LoginRequest.parse(message);
    recorded.signsIn(login);
    recorded.roundTrip();
    pause();
    LoginAnswer answer = endpoint.logins().answer(login);
    Packets packets = channel.requests();
    if (answer instanceof LoginAnswer.Challenged challenged) {
      answer = challenged.then().apply(challenge(packets, challenged.question()));
    } else if (answer instanceof LoginAnswer.Federated federated) {
      answer = federated.then().apply(token(packets, federated.authority()));
    }
    if (answer instanceof LoginAnswer.Silence) {
      waitForTheEnd(packets);
    } else if (answer instanceof LoginAnswer.Gone gone) {
      throw new CutException(gone.cut());
    } else if (answer instanceof LoginAnswer.Refused refused) {
      refuse(packets, refused.errors());
    } else {
      welcome(packets, login, answer);
    }
    return answer instanceof LoginAnswer.Accepted;
  }

  private static byte[] challenge(Packets packets, byte[] question) throws IOException {
    try (Packets.Answering answer = packets.answer()) {
      new Tokens(new TdsOutput(answer)).challenge(question);
    }
    Message message = packets.read();
    if (message.type() != Message.SECURITY_TOKEN) {
      throw new IOException("a client that doesn't answer the question");
    }
    return message.body();
  }

  private static String token(Packets packets, String authority) throws IOException {
    try (Packets.Answering answer = packets.answer()) {
      new Tokens(new TdsOutput(answer)).federation(authority, "https://database.windows.net/");
    }
    Message message = packets.read();
    if (message.type() != Message.FEDERATED_TOKEN) {
      throw new IOException("a client that brings no token");
    }
    TdsInput input = message.input();
    input.i32();
    return input.text(input.i32() / 2);
  }

  private static void waitForTheEnd(Packets packets) throws IOException {
    packets.read();
  }

  private static void refuse(Packets packets, List<ServerError> errors) throws IOException {
    try (Packets.Answering answer = packets.answer()) {
      Tokens tokens = new Tokens(new TdsOutput(answer));
      for (ServerError error : errors) {
        tokens.error(error);
      }
      tokens.done(Tokens.End.BATCH, Tokens.ERROR, 0);
    }
  }

  private void welcome(Packets packets, LoginRequest login, LoginAnswer how) throws IOException {
    int packetSize = Math.min(login.packetSize(), endpoint.packetSize());
    String database = login.database().isEmpty() ? Questioning.FIRST_DATABASE : login.database();
    try (Packets.Answering answer = packets.answer()) {
      Tokens tokens = new Tokens(new TdsOutput(answer));
      tokens.database(database, Questioning.FIRST_DATABASE);
      tokens.collation();
      tokens.loginAcknowledged(
          login.version() == VERSION_8 ? VERSION_8 : login.version(), endpoint.version());
      tokens.packetSize(packetSize, login.packetSize());
      if (how instanceof LoginAnswer.Routed routed) {
        tokens.route(routed.host(), routed.port());
      }
      if (login.federated()) {
        tokens.features(List.of(FEDERATED));
      }
      tokens.done(Tokens.End.BATCH, 0, 0);
    }
    packets.packetSize(packetSize);
    questioning.enter(database);
  }

  private void listen(Packets packets) {
    try {
      while (true) {
        Message message = packets.read();
        if (message.type() == Message.ATTENTION) {
          recorded.attention();
          if (endpoint.deaf()) {
            continue;
          }
          interruption.ask();
        }
        requests.add(message);
      }
    } catch (IOException e) {
      interruption.leave();
      requests.add(END);
      cut(Answer.Cut.CLOSED);
    }
  }

  private void answerAll(Packets packets) throws IOException {
    for (Message request = next(); request != END; request = next()) {
      if (request.type() != Message.ATTENTION) {
        recorded.roundTrip();
        pause();
        answer(packets, request);
      }
      if (interruption.take()) {
        obey(packets);
      }
    }
  }

  private static void obey(Packets packets) throws IOException {
    try (Packets.Answering answer = packets.answer()) {
      new Tokens(new TdsOutput(answer)).done(Tokens.End.BATCH, Tokens.STOPPED, 0);
    }
  }

  private Message next() {
    try {
      return requests.take();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return END;
    }
  }

  private void answer(Packets packets, Message request) throws IOException {
    Packets.Answering answer = packets.answer();
    AnswerWriter.Ending ending =
        switch (request.type()) {
          case Message.BATCH -> questioning.batch(request, answer);
          case Message.RPC -> questioning.procedures(request, answer);
          case Message.TRANSACTION -> {
            new Tokens(new TdsOutput(answer)).done(Tokens.End.BATCH, 0, 0);
            yield AnswerWriter.Ending.COMPLETE;
          }
          default -> throw new IOException("a request of a kind that isn't spoken here");
        };
    if (ending != AnswerWriter.Ending.SILENT) {
      answer.close();
    }
    if (ending == AnswerWriter.Ending.FATAL) {
      throw new CutException(Answer.Cut.CLOSED);
    }
  }

  @Override
  public void close() {
    interruption.leave();
    cut(Answer.Cut.CLOSED);
  }
}
