package dev.connections.core.internal.importing;

import java.util.ArrayList;
import java.util.List;

/** The first of many things, and how many there were. */
final class Kept<T> {
  private final int most;
  private final List<T> first = new ArrayList<>();
  private long count;

  Kept(int most) {
    this.most = most;
  }

  void add(T item) {
    count++;
    if (first.size() < most) {
      first.add(item);
    }
  }

  List<T> first() {
    return first;
  }

  long count() {
    return count;
  }
}
