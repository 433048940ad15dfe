package dev.connections.mssql.tds;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** Who signs in, and how. What is secret can be compared, and is never given out. */
public final class LoginRequest {
  private static final int RECOVERY_OF_SESSIONS = 0x01;
  private static final int FEDERATED = 0x02;
  private static final int HAS_FEATURES = 0x10;
  private static final int INTEGRATED = 0x80;

  private final String host;
  private final String user;
  private final byte[] password;
  private final String application;
  private final String server;
  private final String database;
  private final int version;
  private final int packetSize;
  private final boolean integrated;
  private final Map<Integer, byte[]> features;
  private final byte[] token;

  private LoginRequest(Message message) {
    TdsInput input = message.input();
    input.i32();
    version = input.i32();
    packetSize = input.i32();
    input.at(25);
    integrated = (input.u8() & INTEGRATED) != 0;
    input.u8();
    boolean hasFeatures = (input.u8() & HAS_FEATURES) != 0;
    host = text(message, 36);
    user = text(message, 40);
    password = field(message, 44, 2);
    application = text(message, 48);
    server = text(message, 52);
    features = hasFeatures ? features(message) : Map.of();
    database = text(message, 68);
    token = field(message, 78, 1);
  }

  static LoginRequest parse(Message message) {
    return new LoginRequest(message);
  }

  /** What an entry of the table of offsets and lengths points to. */
  private static byte[] field(Message message, int entry, int unit) {
    TdsInput input = message.input().at(entry);
    int offset = input.u16();
    int length = input.u16();
    return message.input().at(offset).take(length * unit);
  }

  private static String text(Message message, int entry) {
    return new String(field(message, entry, 2), StandardCharsets.UTF_16LE);
  }

  private static Map<Integer, byte[]> features(Message message) {
    TdsInput pointer = new TdsInput(field(message, 56, 1));
    TdsInput input = message.input().at(pointer.i32());
    Map<Integer, byte[]> features = new TreeMap<>();
    for (int feature = input.u8(); feature != 0xFF; feature = input.u8()) {
      features.put(feature, input.take(input.i32()));
    }
    return features;
  }

  /** {@return the login, as it was typed} */
  public String user() {
    return user;
  }

  /** {@return the database asked for, or nothing for the login's own} */
  public String database() {
    return database;
  }

  /** {@return the name of the program} */
  public String application() {
    return application;
  }

  /** {@return the name of the client's machine} */
  public String host() {
    return host;
  }

  /** {@return the name that the client knows the server by} */
  public String server() {
    return server;
  }

  /** {@return whether the account of the operating system is to count} */
  public boolean integrated() {
    return integrated;
  }

  /** {@return what the client says first of the account of the operating system} */
  public byte[] firstToken() {
    return token.clone();
  }

  /** {@return the numbers of the features that the client offers} */
  public Set<Integer> features() {
    return features.keySet();
  }

  /** {@return whether this is the password that was sent} */
  public boolean hasPassword(String expected) {
    byte[] plain = password.clone();
    for (int i = 0; i < plain.length; i++) {
      int mixed = Byte.toUnsignedInt(plain[i]) ^ 0xA5;
      plain[i] = (byte) ((mixed << 4) | (mixed >> 4));
    }
    return new String(plain, StandardCharsets.UTF_16LE).equals(expected);
  }

  /** {@return whether this is the access token that was sent} */
  public boolean hasToken(String expected) {
    return token().filter(expected::equals).isPresent();
  }

  private Optional<String> token() {
    byte[] feature = features.get(FEDERATED);
    if (feature == null) {
      return Optional.empty();
    }
    TdsInput input = new TdsInput(feature);
    input.u8();
    return Optional.of(input.text(input.i32() / 2));
  }

  /** Whether the client signs in by a token of another authority. */
  boolean federated() {
    return features.containsKey(FEDERATED);
  }

  /** Whether the client would open a broken connection anew by itself. */
  boolean recovering() {
    return features.containsKey(RECOVERY_OF_SESSIONS);
  }

  int version() {
    return version;
  }

  int packetSize() {
    return packetSize;
  }

  @Override
  public String toString() {
    return "sign-in to " + database + " by " + application;
  }
}
