package dev.connections.benchmarks;

import java.util.List;

/** Something that is measured. */
interface Case {
  /** The word it is chosen by on the command line. */
  String name();

  /** Measures; may take a minute. */
  List<Row> measure() throws Exception;
}
