package dev.connections.core.internal.tokens;

import dev.connections.api.ConnectionException;
import dev.connections.core.internal.sealing.SealedPlace;
import dev.connections.core.internal.sealing.SecretCipher;
import dev.connections.core.secrets.SecretErrorCode;
import dev.connections.core.store.SealedRow;
import dev.connections.core.store.TokenRow;
import dev.connections.core.store.TokenRows;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The tokens of a connection in its store's row, encrypted for this connection and nothing else.
 * With them lies what they were granted for: where the connection signs in otherwise by now, they
 * aren't its tokens any more, and the sign-in begins with what the configuration has.
 */
public final class SealedTokens implements TokenPlace {
  /** What a rotation of keys encrypts anew is under this name, too. */
  public static final String FIELD = "tokens";

  private static final Logger LOG = LoggerFactory.getLogger(SealedTokens.class);

  private final TokenRows rows;
  private final SecretCipher cipher;
  private final Owner owner;
  private final SealedPlace place;
  private final StoredTokens first;

  /**
   * Whose tokens they are.
   *
   * @param account the tenant
   * @param connection the connection's id
   * @param configurationVersion of its configuration
   * @param credentials stands for what the configuration signs in with, and where; other
   *     credentials have another text
   */
  public record Owner(
      String account, String connection, long configurationVersion, String credentials) {
    /** {@return which connection; not what it signs in with} */
    @Override
    public String toString() {
      return "Owner[" + connection + "]";
    }
  }

  /**
   * Makes the place; there need not be a row yet.
   *
   * @param rows the store's rows
   * @param cipher the store's cipher
   * @param owner whose tokens they are
   * @param first what there is before the first sign-in
   */
  public SealedTokens(TokenRows rows, SecretCipher cipher, Owner owner, StoredTokens first) {
    this.rows = rows;
    this.cipher = cipher;
    this.owner = owner;
    this.place = new SealedPlace(owner.account, owner.connection, SealedRow.Part.TOKENS);
    this.first = first;
  }

  @Override
  public Held read() {
    Optional<TokenRow> row = rows.find(owner.account, owner.connection);
    return new Held(
        row.filter(there -> there.keyId().isPresent()).flatMap(this::opened).orElse(first),
        row.map(TokenRow::version).orElse(0L));
  }

  private Optional<StoredTokens> opened(TokenRow row) {
    try {
      byte[] text = cipher.open(place, FIELD, row.text());
      try {
        return TokenText.read(text, owner.credentials);
      } finally {
        Arrays.fill(text, (byte) 0);
      }
    } catch (ConnectionException unreadable) {
      if (!unreadable.is(SecretErrorCode.INVALID_ENCRYPTED_VALUE)) {
        throw unreadable;
      }
      // What somebody has changed is never used; who signs in anew writes over it.
      LOG.warn("The stored tokens of the connection {} can't be decrypted.", owner.connection);
      return Optional.empty();
    }
  }

  @Override
  public boolean write(Held before, StoredTokens tokens) {
    try {
      return replaced(before, tokens);
    } catch (ConnectionException retired) {
      if (!retired.is(SecretErrorCode.KEY_RETIRED)) {
        throw retired;
      }
      cipher.refresh();
      return replaced(before, tokens);
    }
  }

  private boolean replaced(Held before, StoredTokens tokens) {
    byte[] text = TokenText.of(tokens, owner.credentials);
    try {
      String sealed = cipher.seal(place, FIELD, text);
      return rows.replace(
          new TokenRow(
              owner.account,
              owner.connection,
              owner.configurationVersion,
              sealed,
              OptionalLong.of(SecretCipher.keyOf(sealed)),
              before.version()));
    } finally {
      Arrays.fill(text, (byte) 0);
    }
  }

  @Override
  public boolean lease(String holder, Duration length) {
    return rows.lease(owner.account, owner.connection, owner.configurationVersion, holder, length);
  }

  @Override
  public void release(String holder) {
    rows.release(owner.account, owner.connection, holder);
  }
}
