package dev.connections.servicenow.internal;

import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/** Keeps each text once for as long as one reading lasts. Safe for any thread. */
final class Words {
  private final ConcurrentMap<String, String> kept = new ConcurrentHashMap<>();

  String once(String word) {
    String before = kept.putIfAbsent(word, word);
    return before == null ? word : before;
  }
}
