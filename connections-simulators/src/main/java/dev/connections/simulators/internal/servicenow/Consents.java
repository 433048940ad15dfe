package dev.connections.simulators.internal.servicenow;

import dev.connections.simulators.internal.Answer;
import dev.connections.simulators.internal.Incoming;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * {@code /oauth_auth.do}, where a user signs in with his browser and consents: here he does so at
 * once. Safe for use by several threads.
 */
final class Consents {
  private final String clientId;
  private final Map<String, Given> given = new HashMap<>();
  private int codes;

  /** What a code was given for. */
  private record Given(String redirect, Optional<String> challenge) {}

  Consents(String clientId) {
    this.clientId = clientId;
  }

  Answer answer(Incoming request) {
    Optional<String> redirect = request.parameter("redirect_uri");
    boolean known =
        request.parameter("client_id").filter(clientId::equals).isPresent()
            && request.parameter("response_type").filter("code"::equals).isPresent();
    if (!known || redirect.isEmpty()) {
      return Answer.plain(400, "Invalid client or redirect").with("Content-Type", "text/html");
    }
    boolean plain = request.parameter("code_challenge_method").filter("S256"::equals).isEmpty();
    Optional<String> challenge = request.parameter("code_challenge");
    String back =
        challenge.isPresent() && plain
            ? "error=invalid_request"
            : "code=" + code(new Given(redirect.get(), challenge));
    String state = request.parameter("state").map(text -> "&state=" + encoded(text)).orElse("");
    String joint = redirect.get().contains("?") ? "&" : "?";
    return Answer.plain(302, "").with("Location", redirect.get() + joint + back + state);
  }

  private synchronized String code(Given what) {
    String code = "code-" + ++codes;
    given.put(code, what);
    return code;
  }

  /** Whether a code was given for that redirect and that proof; from now on it isn't good. */
  synchronized boolean redeem(String code, Optional<String> redirect, Optional<String> verifier) {
    Given what = given.remove(code);
    return what != null
        && redirect.filter(what.redirect::equals).isPresent()
        && what.challenge.equals(verifier.map(Consents::challenge));
  }

  private static String challenge(String verifier) {
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256").digest(verifier.getBytes(StandardCharsets.UTF_8));
      return Base64.getUrlEncoder().withoutPadding().encodeToString(hash);
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("every Java has SHA-256", impossible);
    }
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }
}
