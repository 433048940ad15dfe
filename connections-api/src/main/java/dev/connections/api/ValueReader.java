package dev.connections.api;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Turns a stored value into a typed one and back; one for each {@link Field.Kind}. */
abstract class ValueReader<T> {
  private final Field.Kind kind;

  private ValueReader(Field.Kind kind) {
    this.kind = kind;
  }

  abstract T read(Object stored) throws ValueProblem;

  abstract Object storeValue(T value);

  String store(T value) {
    return String.valueOf(storeValue(value));
  }

  /** What a range bounds. */
  long size(T value) {
    return 0;
  }

  /** How a range is told. */
  String sizeWord() {
    return "a number";
  }

  List<String> choices() {
    return List.of();
  }

  ValueReader<T> allowing(List<String> allowed) {
    throw new IllegalStateException("only a field of texts has allowed values");
  }

  Field.Kind kind() {
    return kind;
  }

  static ValueReader<String> text(Field.Kind kind) {
    return new ValueReader<>(kind) {
      @Override
      String read(Object stored) throws ValueProblem {
        if (stored instanceof String text) {
          if (text.indexOf('\0') >= 0) {
            throw new ValueProblem("text without NUL characters");
          }
          return text;
        }
        if (stored instanceof Number number) {
          return number.toString();
        }
        throw new ValueProblem("text");
      }

      @Override
      Object storeValue(String value) {
        return value;
      }

      @Override
      long size(String value) {
        return value.length();
      }

      @Override
      String sizeWord() {
        return "text with a length";
      }
    };
  }

  static ValueReader<Integer> integer() {
    return new ValueReader<>(Field.Kind.INTEGER) {
      @Override
      Integer read(Object stored) throws ValueProblem {
        return Math.toIntExact(wholeNumber(stored, Integer.MAX_VALUE));
      }

      @Override
      Object storeValue(Integer value) {
        return value;
      }

      @Override
      long size(Integer value) {
        return value;
      }
    };
  }

  static ValueReader<Duration> seconds() {
    return new ValueReader<>(Field.Kind.SECONDS) {
      @Override
      Duration read(Object stored) throws ValueProblem {
        return Duration.ofSeconds(wholeNumber(stored, Integer.MAX_VALUE));
      }

      @Override
      Object storeValue(Duration value) {
        return value.toSeconds();
      }

      @Override
      long size(Duration value) {
        return value.toSeconds();
      }

      @Override
      String sizeWord() {
        return "a number of seconds";
      }
    };
  }

  static ValueReader<Boolean> flag() {
    return new ValueReader<>(Field.Kind.FLAG) {
      @Override
      Boolean read(Object stored) throws ValueProblem {
        if (stored instanceof Boolean flag) {
          return flag;
        }
        if (stored instanceof String text) {
          String word = text.strip().toLowerCase(Locale.ROOT);
          if (word.equals("true") || word.equals("false")) {
            return word.equals("true");
          }
        }
        throw new ValueProblem("true or false");
      }

      @Override
      Object storeValue(Boolean value) {
        return value;
      }
    };
  }

  static ValueReader<Instant> instant() {
    return new ValueReader<>(Field.Kind.INSTANT) {
      @Override
      Instant read(Object stored) throws ValueProblem {
        try {
          return OffsetDateTime.parse(String.valueOf(stored).strip()).toInstant();
        } catch (DateTimeException notAMoment) {
          throw new ValueProblem("a moment such as 2025-12-31T23:59:59Z");
        }
      }

      @Override
      Object storeValue(Instant value) {
        return value.toString();
      }
    };
  }

  static ValueReader<Secret> secret() {
    return new ValueReader<>(Field.Kind.SECRET) {
      @Override
      Secret read(Object stored) throws ValueProblem {
        if (stored instanceof Secret secret) {
          return secret;
        }
        if (stored instanceof String text) {
          return Secret.of(text);
        }
        throw new ValueProblem("text");
      }

      @Override
      Object storeValue(Secret value) {
        return Secret.MASK;
      }

      @Override
      long size(Secret value) {
        return value.use(characters -> (long) characters.length);
      }

      @Override
      String sizeWord() {
        return "text with a length";
      }
    };
  }

  static ValueReader<List<String>> texts(List<String> allowed) {
    return new ValueReader<>(Field.Kind.TEXTS) {
      @Override
      List<String> read(Object stored) throws ValueProblem {
        if (!(stored instanceof List<?> items)) {
          throw new ValueProblem("a list of texts");
        }
        List<String> texts = new ArrayList<>(items.size());
        for (Object item : items) {
          if (!(item instanceof String text)) {
            throw new ValueProblem("a list of texts");
          }
          texts.add(allowed.isEmpty() ? text : canonical(text));
        }
        return List.copyOf(texts);
      }

      private String canonical(String text) throws ValueProblem {
        Optional<String> match =
            allowed.stream().filter(choice -> choice.equalsIgnoreCase(text.strip())).findFirst();
        if (match.isEmpty()) {
          throw new ValueProblem("a list of any of " + String.join(", ", allowed));
        }
        return match.get();
      }

      @Override
      Object storeValue(List<String> value) {
        return value;
      }

      @Override
      long size(List<String> value) {
        return value.size();
      }

      @Override
      String sizeWord() {
        return "a list with a length";
      }

      @Override
      List<String> choices() {
        return allowed;
      }

      @Override
      ValueReader<List<String>> allowing(List<String> values) {
        return texts(values);
      }
    };
  }

  static <E extends Enum<E>> ValueReader<E> choice(Class<E> type) {
    return new ValueReader<>(Field.Kind.CHOICE) {
      @Override
      E read(Object stored) throws ValueProblem {
        String text = stored instanceof String string ? string.strip() : "";
        for (E constant : type.getEnumConstants()) {
          if (constant.name().equalsIgnoreCase(text)) {
            return constant;
          }
        }
        throw new ValueProblem("one of " + String.join(", ", choices()));
      }

      @Override
      Object storeValue(E value) {
        return value.name().toLowerCase(Locale.ROOT);
      }

      @Override
      List<String> choices() {
        return Arrays.stream(type.getEnumConstants()).map(this::store).toList();
      }
    };
  }

  private static long wholeNumber(Object stored, long most) throws ValueProblem {
    Optional<BigDecimal> number = Optional.empty();
    if (stored instanceof BigDecimal decimal) {
      number = Optional.of(decimal);
    } else if (stored instanceof BigInteger integer) {
      number = Optional.of(new BigDecimal(integer));
    } else if (stored instanceof Integer || stored instanceof Long || stored instanceof Short) {
      number = Optional.of(BigDecimal.valueOf(((Number) stored).longValue()));
    } else if (stored instanceof Double || stored instanceof Float) {
      double value = ((Number) stored).doubleValue();
      number = Double.isFinite(value) ? Optional.of(BigDecimal.valueOf(value)) : Optional.empty();
    } else if (stored instanceof String text && text.strip().matches("-?[0-9]{1,18}")) {
      number = Optional.of(new BigDecimal(text.strip()));
    }
    // Comparing before converting: the exact long of 1e999999999 would take a gigabyte.
    BigDecimal bound = BigDecimal.valueOf(most);
    if (number.isEmpty()
        || number.get().abs().compareTo(bound) > 0
        || number.get().stripTrailingZeros().scale() > 0) {
      throw new ValueProblem("a whole number");
    }
    return number.get().longValueExact();
  }
}
