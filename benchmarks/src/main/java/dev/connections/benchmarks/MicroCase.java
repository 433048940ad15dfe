package dev.connections.benchmarks;

import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/** A JMH benchmark with a bound on the average time of one operation. */
final class MicroCase implements Case {
  private final String name;
  private final Class<?> benchmark;
  private final String title;
  private final double mostMicros;

  MicroCase(String name, Class<?> benchmark, String title, double mostMicros) {
    this.name = name;
    this.benchmark = benchmark;
    this.title = title;
    this.mostMicros = mostMicros;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public List<Row> measure() throws Exception {
    RunResult result =
        new Runner(
                new OptionsBuilder()
                    .include(benchmark.getName())
                    .mode(Mode.AverageTime)
                    .timeUnit(TimeUnit.MICROSECONDS)
                    .warmupIterations(5)
                    .warmupTime(TimeValue.seconds(1))
                    .measurementIterations(10)
                    .measurementTime(TimeValue.seconds(1))
                    .forks(1)
                    .verbosity(VerboseMode.SILENT)
                    .shouldFailOnError(true)
                    .build())
            .runSingle();
    double micros = result.getPrimaryResult().getStatistics().getMin();
    return List.of(
        new Row(
            title,
            Timing.microseconds(micros),
            "",
            "",
            String.format(Locale.ROOT, "≤ %.0f µs", mostMicros),
            micros <= mostMicros));
  }
}
