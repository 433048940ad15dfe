package dev.connections.mssql.tds;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Map;
import java.util.TreeMap;

/** What both sides agree upon before anybody signs in: a table of options and their values. */
record PreLogin(Map<Integer, byte[]> options) {
  static final int VERSION = 0x00;
  static final int ENCRYPTION = 0x01;
  static final int FEDERATED = 0x06;
  private static final int END = 0xFF;

  static PreLogin parse(Message message) {
    Map<Integer, byte[]> options = new TreeMap<>();
    TdsInput input = message.input();
    for (int option = input.u8(); option != END; option = input.u8()) {
      int offset = (input.u8() << 8) | input.u8();
      int length = (input.u8() << 8) | input.u8();
      options.put(option, message.input().at(offset).take(length));
    }
    return new PreLogin(options);
  }

  /** The value of an option of one byte, or a value that stands for none. */
  int value(int option, int otherwise) {
    byte[] value = options.get(option);
    return value == null || value.length == 0 ? otherwise : value[0];
  }

  byte[] bytes() throws IOException {
    ByteArrayOutputStream table = new ByteArrayOutputStream();
    ByteArrayOutputStream values = new ByteArrayOutputStream();
    int first = options.size() * 5 + 1;
    for (Map.Entry<Integer, byte[]> option : options.entrySet()) {
      int offset = first + values.size();
      byte[] value = option.getValue();
      table.write(option.getKey());
      table.write(offset >> 8);
      table.write(offset);
      table.write(value.length >> 8);
      table.write(value.length);
      values.write(value);
    }
    table.write(END);
    values.writeTo(table);
    return table.toByteArray();
  }
}
