package dev.connections.mssql.tds;

import java.util.ArrayList;
import java.util.List;

/**
 * A call of a procedure of the server.
 *
 * @param name its name
 * @param values what it is given, which may be null
 */
record RemoteProcedure(String name, List<Object> values) {
  static final String EXECUTE_SQL = "sp_executesql";
  static final String PREPARE = "sp_prepare";
  static final String EXECUTE = "sp_execute";
  static final String PREPARE_AND_EXECUTE = "sp_prepexec";
  static final String UNPREPARE = "sp_unprepare";
  private static final int END_OF_CALL = 0xFF;
  private static final int OLD_END_OF_CALL = 0x80;

  /** Several calls may travel together. */
  static List<RemoteProcedure> parse(Message message) {
    TdsInput input = message.afterHeaders();
    List<RemoteProcedure> calls = new ArrayList<>();
    while (!input.atEnd()) {
      calls.add(call(input));
    }
    return calls;
  }

  private static RemoteProcedure call(TdsInput input) {
    int length = input.u16();
    String name = length == 0xFFFF ? known(input.u16()) : input.text(length);
    input.u16();
    List<Object> values = new ArrayList<>();
    while (!input.atEnd()) {
      int next = input.u8();
      if (next == END_OF_CALL || next == OLD_END_OF_CALL) {
        break;
      }
      input.text(next);
      input.u8();
      values.add(new ValueReader(input).read());
    }
    return new RemoteProcedure(name, values);
  }

  /** The procedures that have a number. */
  private static String known(int number) {
    return switch (number) {
      case 10 -> EXECUTE_SQL;
      case 11 -> PREPARE;
      case 12 -> EXECUTE;
      case 13 -> PREPARE_AND_EXECUTE;
      case 15 -> UNPREPARE;
      default -> "sp_" + number;
    };
  }

  /** What a procedure is given from its nth value on. */
  List<Object> from(int index) {
    return values.subList(Math.min(index, values.size()), values.size());
  }

  String text(int index) {
    return (String) values.get(index);
  }
}
