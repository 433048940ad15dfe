package dev.connections.jdbc;

import dev.connections.api.Configuration;
import dev.connections.api.ConfigurationProblem;
import dev.connections.api.ConfigurationRule;
import dev.connections.api.Field;
import dev.connections.api.Secret;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Rules over the fields of a database. They are checked offline, and tell no value. */
public final class DatabaseRules {
  static final List<String> TLS_VERSIONS = List.of("TLSv1.2", "TLSv1.3");

  private DatabaseRules() {}

  /**
   * {@return the rule that a host is a name or an address and nothing else}
   *
   * @param remedy what to enter instead
   * @param fields the fields; absent ones are right
   */
  public static ConfigurationRule hostNames(String remedy, List<Field<String>> fields) {
    return configuration ->
        present(configuration, fields)
            .filter(field -> !isHost(configuration.get(field)))
            .map(
                field ->
                    ConfigurationProblem.of(
                        field, field.label() + " holds a character that no host name has.", remedy))
            .toList();
  }

  private static boolean isHost(String text) {
    return text.matches("\\[?[0-9A-Fa-f:]*:[0-9A-Fa-f:.]+\\]?")
        || text.matches("[A-Za-z0-9]([A-Za-z0-9._-]*[A-Za-z0-9.])?");
  }

  /**
   * {@return the rule that texts hold no control characters, which could end them early in a
   * protocol}
   *
   * @param fields the fields; absent ones are right
   */
  public static ConfigurationRule withoutControls(List<Field<String>> fields) {
    return configuration ->
        present(configuration, fields)
            .filter(field -> configuration.get(field).chars().anyMatch(Character::isISOControl))
            .map(
                field ->
                    ConfigurationProblem.of(
                        field, field.label() + " holds a control character.", "Enter it again."))
            .toList();
  }

  private static Stream<Field<String>> present(
      Configuration configuration, List<Field<String>> fields) {
    return fields.stream().filter(field -> configuration.find(field).isPresent());
  }

  /**
   * {@return the rule that the oldest version of TLS is one that is known}
   *
   * @param field the field; right if absent
   */
  public static ConfigurationRule tlsVersion(Field<String> field) {
    return configuration ->
        configuration
            .find(field)
            .filter(version -> !TLS_VERSIONS.contains(version))
            .map(
                version ->
                    List.of(
                        ConfigurationProblem.of(
                            field,
                            field.label() + " has none of its values.",
                            "Choose " + String.join(" or ", TLS_VERSIONS) + ".")))
            .orElse(List.of());
  }

  /**
   * {@return the rule that texts are certificates in PEM}
   *
   * @param fields the fields; absent ones are right
   */
  public static ConfigurationRule certificates(List<Field<String>> fields) {
    return configuration ->
        present(configuration, fields)
            .filter(field -> !isCertificate(configuration.get(field)))
            .map(
                field ->
                    ConfigurationProblem.of(
                        field,
                        field.label() + " isn't a certificate in PEM.",
                        "Paste the file's text, beginning with -----BEGIN CERTIFICATE-----."))
            .toList();
  }

  /**
   * {@return the rule that a client's certificate and its key are readable and go together}
   *
   * @param certificate the certificate, or several, in PEM
   * @param key its key
   */
  public static ConfigurationRule clientCertificate(Field<String> certificate, Field<Secret> key) {
    return configuration -> {
      List<ConfigurationProblem> problems =
          new ArrayList<>(certificates(List.of(certificate)).check(configuration));
      boolean hasKey = configuration.find(key).isPresent();
      if (hasKey && !configuration.get(key).use(DatabaseRules::isKey)) {
        problems.add(
            ConfigurationProblem.of(
                key,
                key.label() + " isn't an unencrypted PKCS #8 key in PEM.",
                "Convert it: openssl pkcs8 -topk8 -nocrypt."));
      }
      if (hasKey != configuration.find(certificate).isPresent()) {
        problems.add(
            ConfigurationProblem.of(
                hasKey ? certificate : key,
                "A client certificate and its key go together.",
                "Enter both or neither."));
      }
      return problems;
    };
  }

  private static boolean isCertificate(String pem) {
    try {
      return !TlsMaterial.certificates(pem).isEmpty();
    } catch (GeneralSecurityException e) {
      return false;
    }
  }

  private static boolean isKey(char[] pem) {
    try {
      return !TlsMaterial.key(pem).getAlgorithm().isEmpty();
    } catch (GeneralSecurityException e) {
      return false;
    }
  }
}
