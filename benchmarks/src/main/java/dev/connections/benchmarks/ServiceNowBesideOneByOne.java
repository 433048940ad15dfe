package dev.connections.benchmarks;

import dev.connections.simulators.ServiceNowSimulator;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Five thousand tables and a hundred thousand columns of a simulated ServiceNow whose every answer
 * takes 50 ms longer, into a sink that counts, in a process with a heap of 256 MB; beside a bare
 * client that downloads the same pages, and beside one call for each ancestor of each table.
 */
final class ServiceNowBesideOneByOne implements Case {
  private static final int TABLES = 5_000;
  private static final int COLUMNS = 100_000;
  private static final Duration LATENCY = Duration.ofMillis(50);
  private static final double OWN_TIME = 2e9;
  private static final double TIMES_BARE = 1.3;

  @Override
  public String name() {
    return "servicenow";
  }

  @Override
  public List<Row> measure() throws Exception {
    try (ServiceNowSimulator instance =
        ServiceNowSimulator.withTables(TABLES).columns(COLUMNS).start()) {
      instance.latency(LATENCY);
      long[] whole = run(instance, "whole");
      long[] some = run(instance, "some");
      long[] unchanged = run(instance, "unchanged");
      double ours = whole[0];
      double bare = whole[1];
      double oneByOne = (double) whole[2];
      List<Row> rows = new ArrayList<>();
      rows.add(
          new Row(
              "ServiceNow, 5,000 tables / 100,000 columns, 50 ms latency: requests of an import",
              Long.toString(whole[3]),
              "",
              "",
              "≤ 15",
              whole[3] <= 15));
      rows.add(
          new Row(
              "the same in a heap of 256 MB, beside a bare client with 4 workers",
              Timing.milliseconds(whole[0]),
              Timing.milliseconds(whole[1]),
              String.format(Locale.ROOT, "%.1f × the time", ours / bare),
              "≤ 2 s + 1.3 ×",
              ours <= OWN_TIME + TIMES_BARE * bare));
      rows.add(
          new Row(
              "the same beside one call per ancestor per table (40 tables asked, times 125)",
              Timing.milliseconds(whole[0]),
              Timing.milliseconds(whole[2]),
              Timing.times(oneByOne / ours),
              "",
              true));
      rows.add(requests("100 selected tables of 5,000: requests", some[3], 8));
      rows.add(requests("refresh with nothing changed: requests", unchanged[3], 3));
      return rows;
    }
  }

  private static Row requests(String name, long count, int most) {
    return new Row(name, Long.toString(count), "", "", "≤ " + most, count > 0 && count <= most);
  }

  /** Times and the number of requests of one import, measured in a process with a small heap. */
  private static long[] run(ServiceNowSimulator instance, String what) throws Exception {
    String said =
        SmallHeap.run(
            256,
            ServiceNowImports.class,
            what,
            instance.url().toString(),
            instance.user(),
            instance.password());
    String[] words = said.split(" ", -1);
    long[] numbers = new long[words.length];
    for (int i = 0; i < words.length; i++) {
      numbers[i] = Long.parseLong(words[i]);
    }
    return numbers;
  }
}
