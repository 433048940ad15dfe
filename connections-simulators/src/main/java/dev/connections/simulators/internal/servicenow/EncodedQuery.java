package dev.connections.simulators.internal.servicenow;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * A query such as {@code active=true^nameINtask,incident^ORDERBYname}. A part that can't be read,
 * or that names no column, is left out without a word, as the service does.
 */
final class EncodedQuery {
  /** One comparison, and whether it is joined to the one before by OR. */
  private record Term(boolean or, FieldPath field, Operator operator, String operand) {
    Predicate<String[]> test() {
      Predicate<String> value = operator.test(field.column(), operand);
      return row -> value.test(field.value(row));
    }
  }

  private final List<List<Term>> alternatives = new ArrayList<>();
  private final List<Comparator<String[]>> orders = new ArrayList<>();
  private final TableData table;
  private final Instance instance;
  private boolean invalid;

  private EncodedQuery(TableData table, Instance instance) {
    this.table = table;
    this.instance = instance;
  }

  static EncodedQuery parse(String text, TableData table, Instance instance) {
    EncodedQuery query = new EncodedQuery(table, instance);
    query.alternatives.add(new ArrayList<>());
    for (String part : text.split("\\^", -1)) {
      query.part(part);
    }
    return query;
  }

  private void part(String part) {
    if (part.isEmpty() || part.equals("EQ")) {
      return;
    }
    if (part.startsWith("NQ")) {
      alternatives.add(new ArrayList<>());
      term(part.substring(2), false);
    } else if (part.startsWith("ORDERBYDESC")) {
      order(part.substring("ORDERBYDESC".length()), true);
    } else if (part.startsWith("ORDERBY")) {
      order(part.substring("ORDERBY".length()), false);
    } else if (part.startsWith("OR")) {
      term(part.substring(2), true);
    } else {
      term(part, false);
    }
  }

  private void order(String field, boolean descending) {
    FieldPath.resolve(field, table, instance)
        .ifPresentOrElse(
            path -> {
              Comparator<String[]> order =
                  (left, right) ->
                      Values.compare(path.column(), path.value(left), path.value(right));
              orders.add(descending ? order.reversed() : order);
            },
            () -> invalid = true);
  }

  private void term(String text, boolean or) {
    Optional<Term> best = Optional.empty();
    int bestAt = Integer.MAX_VALUE;
    for (Operator operator : Operator.values()) {
      int at = text.indexOf(operator.spelling());
      if (at > 0 && at < bestAt) {
        Optional<FieldPath> field = FieldPath.resolve(text.substring(0, at), table, instance);
        if (field.isPresent()) {
          String operand = text.substring(at + operator.spelling().length());
          best = Optional.of(new Term(or, field.get(), operator, operand));
          bestAt = at;
        }
      }
    }
    best.ifPresentOrElse(alternatives.get(alternatives.size() - 1)::add, () -> invalid = true);
  }

  /** Whether a part of it was left out. */
  boolean isInvalid() {
    return invalid;
  }

  boolean isOrdered() {
    return !orders.isEmpty();
  }

  /** Whether it compares in a way that needs the right to range queries. */
  boolean hasRanges() {
    return alternatives.stream().flatMap(List::stream).anyMatch(term -> term.operator.isRange());
  }

  List<String[]> select(List<String[]> rows) {
    Stream<String[]> selected = rows.stream().filter(filter());
    return orders.stream()
        .reduce(Comparator::thenComparing)
        .map(selected::sorted)
        .orElse(selected)
        .toList();
  }

  private Predicate<String[]> filter() {
    return alternatives.stream().map(EncodedQuery::all).reduce(Predicate::or).orElseThrow();
  }

  /** AND of groups, each of which is an OR. */
  private static Predicate<String[]> all(List<Term> terms) {
    List<Predicate<String[]>> groups = new ArrayList<>();
    for (Term term : terms) {
      if (term.or && !groups.isEmpty()) {
        groups.add(groups.remove(groups.size() - 1).or(term.test()));
      } else {
        groups.add(term.test());
      }
    }
    return groups.stream().reduce(Predicate::and).orElse(row -> true);
  }
}
