package dev.connections.core.targets;

import dev.connections.api.TableName;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Takes down the losses of one table. */
final class LossBook {
  private final TableName table;
  private final List<TypeLoss> losses = new ArrayList<>();

  LossBook(TableName table) {
    this.table = table;
  }

  void column(String path, LossKind kind, String source, String target, String sentence) {
    losses.add(new TypeLoss(table, Optional.of(path), kind, source, target, sentence));
  }

  void table(LossKind kind, String source, String target, String sentence) {
    losses.add(new TypeLoss(table, Optional.empty(), kind, source, target, sentence));
  }

  /** How many losses there are by now. */
  int size() {
    return losses.size();
  }

  /** The losses that were taken down when there were so many already. */
  List<TypeLoss> since(int size) {
    return List.copyOf(losses.subList(size, losses.size()));
  }

  List<TypeLoss> losses() {
    return List.copyOf(losses);
  }
}
