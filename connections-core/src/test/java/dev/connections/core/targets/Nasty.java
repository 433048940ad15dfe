package dev.connections.core.targets;

import java.util.Random;

/** Names and texts made of what breaks out of literals. */
final class Nasty {
  private static final String[] PIECES = {
    "'",
    "''",
    "\\'",
    "\\",
    "`",
    "``",
    "\"",
    "\n",
    "\r\n",
    "\t",
    "--",
    "/*",
    "*/",
    ";",
    "😀",
    "\uD83D",
    "\uDE00",
    "\u0000",
    "\u0085",
    "\u2028",
    "\u2029",
    "</script>",
    "<!--",
    "]]>",
    "${x}",
    "{{x}}",
    "DROP TABLE t;",
    " ",
    ".",
    "/",
    "a",
    "B",
    "ß",
    "İ",
    "=",
    "(",
    ")",
    "{",
    "}",
    ",",
    "x"
  };

  private Nasty() {}

  static String text(Random random) {
    StringBuilder text = new StringBuilder();
    int pieces = random.nextInt(12);
    for (int i = 0; i < pieces; i++) {
      text.append(PIECES[random.nextInt(PIECES.length)]);
    }
    return text.toString();
  }

  static String name(Random random) {
    return random.nextInt(20) == 0 ? "long ".repeat(60 + random.nextInt(3)) : text(random);
  }
}
