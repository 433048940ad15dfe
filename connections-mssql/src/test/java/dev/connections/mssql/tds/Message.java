package dev.connections.mssql.tds;

/** A request, put together from its packets. */
record Message(int type, byte[] body) {
  static final int BATCH = 0x01;
  static final int RPC = 0x03;
  static final int ANSWER = 0x04;
  static final int FEDERATED_TOKEN = 0x08;
  static final int ATTENTION = 0x06;
  static final int TRANSACTION = 0x0E;
  static final int LOGIN = 0x10;
  static final int SECURITY_TOKEN = 0x11;
  static final int PRE_LOGIN = 0x12;

  TdsInput input() {
    return new TdsInput(body);
  }

  /** What follows the headers that a request begins with since version 7.2. */
  TdsInput afterHeaders() {
    TdsInput input = input();
    int headers = input.i32();
    return input.at(headers);
  }
}
