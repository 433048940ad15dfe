package dev.connections.http;

import dev.connections.api.ConnectionException;
import dev.connections.api.Operation;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * Lists of names for the query of an address, which proxies and services take up to some length.
 */
public final class NameLists {
  private NameLists() {}

  /**
   * {@return the names in lists, in order}
   *
   * @param names to be joined by commas
   * @param most how many a list may have
   * @param longest how many bytes a list may have once it is encoded; a longer name is alone
   */
  public static List<Set<String>> of(Collection<String> names, int most, int longest) {
    List<Set<String>> lists = new ArrayList<>();
    Set<String> list = new HashSet<>();
    int length = 0;
    for (String name : names.stream().sorted().toList()) {
      int more = URLEncoder.encode(name + ",", StandardCharsets.UTF_8).length();
      if (list.size() == most || (length + more > longest && !list.isEmpty())) {
        lists.add(Set.copyOf(list));
        list.clear();
        length = 0;
      }
      list.add(name);
      length += more;
    }
    if (!list.isEmpty()) {
      lists.add(Set.copyOf(list));
    }
    return lists;
  }

  /**
   * {@return the two halves of a list, for who gets too much by the whole}
   *
   * @param names at least two
   */
  public static List<Set<String>> halves(Set<String> names) {
    List<String> sorted = names.stream().sorted().toList();
    int half = sorted.size() / 2;
    return List.of(
        Set.copyOf(sorted.subList(0, half)), Set.copyOf(sorted.subList(half, sorted.size())));
  }

  /**
   * {@return what was read of some names, list by list} A list that brings more than the service
   * can answer is halved.
   *
   * @param names a list
   * @param reading reads a list of names
   * @param tooMany whether fewer names may bring what failed
   * @param operation checked between two lists
   * @param <T> what a list gives
   * @throws ConnectionException what reading failed with, where fewer names don't help
   */
  public static <T> List<T> read(
      Set<String> names,
      Function<Set<String>, T> reading,
      Predicate<ConnectionException> tooMany,
      Operation operation) {
    try {
      return List.of(reading.apply(names));
    } catch (ConnectionException failed) {
      if (names.size() == 1 || !tooMany.test(failed)) {
        throw failed;
      }
      operation.checkpoint();
      List<T> parts = new ArrayList<>();
      halves(names).forEach(half -> parts.addAll(read(half, reading, tooMany, operation)));
      return parts;
    }
  }
}
