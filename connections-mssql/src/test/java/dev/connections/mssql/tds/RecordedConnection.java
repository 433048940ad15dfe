package dev.connections.mssql.tds;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/** What happened on a connection. Safe for any thread, while the connection lives too. */
public final class RecordedConnection {
  private final Runnable changed;
  private final List<Query> queries = new CopyOnWriteArrayList<>();
  private final List<Throwable> faults = new CopyOnWriteArrayList<>();
  private final AtomicInteger roundTrips = new AtomicInteger();
  private final AtomicInteger attentions = new AtomicInteger();
  private volatile Optional<LoginRequest> login = Optional.empty();
  private volatile Optional<String> tlsVersion = Optional.empty();
  private volatile Optional<String> certificate = Optional.empty();
  private volatile boolean ended;
  private volatile Encryption.Extent extent = Encryption.Extent.NOTHING;

  /** Tells whenever something happened that somebody may wait for. */
  RecordedConnection(Runnable changed) {
    this.changed = changed;
  }

  /** {@return who tried to sign in, if somebody did} */
  public Optional<LoginRequest> login() {
    return login;
  }

  /** {@return the version of TLS that both sides agreed upon, if they did} */
  public Optional<String> tlsVersion() {
    return tlsVersion;
  }

  /** {@return whom the client's certificate names, if it showed one} */
  public Optional<String> certificate() {
    return certificate;
  }

  /** {@return how much was encrypted} */
  public Encryption.Extent encrypted() {
    return extent;
  }

  /** {@return what was asked, in order; settings of a session and ends of transactions aside} */
  public List<Query> queries() {
    return List.copyOf(queries);
  }

  /** {@return requests of every kind that wait for an answer: greeting and sign-in included} */
  public int roundTrips() {
    return roundTrips.get();
  }

  /** {@return how often the client wanted to stop} */
  public int attentions() {
    return attentions.get();
  }

  /** {@return whether the connection is gone} */
  public boolean ended() {
    return ended;
  }

  /** {@return whether the server knows that its client doesn't wait: it was told, or left} */
  public boolean stopped() {
    return attentions() > 0 || ended;
  }

  /** {@return what the endpoint itself couldn't do} */
  public List<Throwable> faults() {
    return List.copyOf(faults);
  }

  void signsIn(LoginRequest request) {
    login = Optional.of(request);
  }

  void encrypted(Encryption.Extent how, String version) {
    extent = how;
    tlsVersion = Optional.of(version);
  }

  void shows(String name) {
    certificate = Optional.of(name);
  }

  void asks(Query query) {
    queries.add(query);
  }

  void roundTrip() {
    roundTrips.incrementAndGet();
  }

  void attention() {
    attentions.incrementAndGet();
    changed.run();
  }

  void end() {
    ended = true;
    changed.run();
  }

  void fault(Throwable fault) {
    faults.add(fault);
  }

  @Override
  public String toString() {
    return "asked "
        + queries.size()
        + " times, told to stop "
        + attentions
        + " times, "
        + (ended ? "gone" : "open");
  }
}
