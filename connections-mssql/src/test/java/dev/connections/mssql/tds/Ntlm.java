package dev.connections.mssql.tds;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.Locale;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * A domain with one account, which lets in who proves by NTLM (MS-NLMP, version 2) to know its
 * password. The password itself is never sent.
 */
final class Ntlm implements Logins {
  private static final byte[] SIGNATURE = "NTLMSSP\0".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] NUMBER = {1, 2, 3, 4, 5, 6, 7, 8};
  private static final int HEADER = 56;

  private final String domain;
  private final String user;
  private final String password;

  Ntlm(String domain, String user, String password) {
    this.domain = domain;
    this.user = user;
    this.password = password;
  }

  @Override
  public LoginAnswer answer(LoginRequest request) {
    byte[] first = request.firstToken();
    return isMessage(first, 1)
        ? LoginAnswer.challenged(question(), this::judge)
        : LoginAnswer.refused(ServerError.of(18452));
  }

  private static boolean isMessage(byte[] token, int type) {
    return token.length > 12
        && Arrays.equals(Arrays.copyOf(token, SIGNATURE.length), SIGNATURE)
        && token[SIGNATURE.length] == type;
  }

  /** The domain's name, a number that is never used again, and the time. */
  private byte[] question() {
    byte[] name = utf16(domain);
    ByteBuffer about = ByteBuffer.allocate(64 + name.length).order(ByteOrder.LITTLE_ENDIAN);
    about.putShort((short) 2).putShort((short) name.length).put(name);
    long since1601 = (System.currentTimeMillis() + 11_644_473_600_000L) * 10_000;
    about.putShort((short) 7).putShort((short) 8).putLong(since1601);
    about.putInt(0).flip();
    ByteBuffer question =
        ByteBuffer.allocate(HEADER + name.length + about.remaining())
            .order(ByteOrder.LITTLE_ENDIAN);
    question.put(SIGNATURE).putInt(2);
    question.putShort((short) name.length).putShort((short) name.length).putInt(HEADER);
    question.putInt(0x00828205).put(NUMBER).putLong(0);
    short length = (short) about.remaining();
    question.putShort(length).putShort(length).putInt(HEADER + name.length).putLong(0);
    return question.put(name).put(about).array();
  }

  private LoginAnswer judge(byte[] token) {
    byte[] proof = part(token, 20);
    boolean right =
        isMessage(token, 3)
            && proof.length > 16
            && new String(part(token, 28), StandardCharsets.UTF_16LE).equals(domain)
            && new String(part(token, 36), StandardCharsets.UTF_16LE).equals(user)
            && Arrays.equals(
                Arrays.copyOf(proof, 16), expected(Arrays.copyOfRange(proof, 16, proof.length)));
    return right ? LoginAnswer.accepted() : LoginAnswer.refused(ServerError.of(18456));
  }

  private static byte[] part(byte[] token, int entry) {
    ByteBuffer table = ByteBuffer.wrap(token).order(ByteOrder.LITTLE_ENDIAN);
    int length = table.getShort(entry);
    int offset = table.getInt(entry + 4);
    return Arrays.copyOfRange(token, offset, offset + length);
  }

  private byte[] expected(byte[] clients) {
    byte[] key = hmac(Md4.of(utf16(password)), utf16(user.toUpperCase(Locale.ROOT) + domain));
    return hmac(key, NUMBER, clients);
  }

  private static byte[] hmac(byte[] key, byte[]... parts) {
    try {
      Mac mac = Mac.getInstance("HmacMD5");
      mac.init(new SecretKeySpec(key, "HmacMD5"));
      for (byte[] part : parts) {
        mac.update(part);
      }
      return mac.doFinal();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static byte[] utf16(String text) {
    return text.getBytes(StandardCharsets.UTF_16LE);
  }
}
