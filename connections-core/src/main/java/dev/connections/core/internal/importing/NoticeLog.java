package dev.connections.core.internal.importing;

import dev.connections.api.Notice;
import dev.connections.api.TableName;
import dev.connections.core.importing.ImportReport;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The notices of a run. Of each kind of defect only the first few are told: an adapter that does
 * wrong does so with every table. Written by one thread at a time.
 */
final class NoticeLog {
  static final int DEFECTS_TOLD = 20;

  private final Kept<Notice> notices = new Kept<>(ImportReport.KEPT);
  private final Map<Defect, Long> defects = new EnumMap<>(Defect.class);

  void add(Notice notice) {
    notices.add(notice);
  }

  /** {@return what is to be told of a defect, unless enough was told of its kind} */
  Optional<Notice> defect(Defect defect, Optional<TableName> table) {
    return defects.merge(defect, 1L, Long::sum) > DEFECTS_TOLD
        ? Optional.empty()
        : Optional.of(table.map(defect::notice).orElseGet(defect::notice));
  }

  /** {@return what is to be told in the end of defects that weren't told one by one} */
  List<Notice> rest() {
    List<Notice> rest = new ArrayList<>();
    defects.forEach(
        (defect, count) -> {
          if (count > DEFECTS_TOLD) {
            rest.add(defect.more(count - DEFECTS_TOLD));
          }
        });
    return rest;
  }

  Kept<Notice> notices() {
    return notices;
  }
}
