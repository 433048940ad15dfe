package dev.connections.simulators.internal.servicenow;

import dev.connections.simulators.internal.Answer;
import dev.connections.simulators.internal.Incoming;
import dev.connections.simulators.internal.JsonText;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * {@code /api/now/stats}: counts, extremes, sums and averages, whole or by groups. Refused where
 * the rights hide a row of the table, as the service documents it.
 */
final class StatsApi {
  private final Instance instance;
  private final Rights rights;
  private final Behaviour behaviour;

  StatsApi(Instance instance, Rights rights, Behaviour behaviour) {
    this.instance = instance;
    this.rights = rights;
    this.behaviour = behaviour;
  }

  Answer answer(TableData table, Incoming request) {
    Optional<List<String[]>> rows =
        new TableApi.Selection(instance, rights, behaviour).of(table, request);
    if (rows.isEmpty() || rights.hidesRows(table.name())) {
      return Refusals.noRights();
    }
    List<FieldPath> groups = fields(table, request, "sysparm_group_by");
    if (groups.isEmpty()) {
      return Answer.json(200, "{\"result\":{\"stats\":" + stats(table, request, rows.get()) + "}}");
    }
    List<String> parts = new ArrayList<>();
    grouped(groups, rows.get())
        .forEach((key, group) -> parts.add(group(table, request, groups, key, group)));
    return Answer.json(200, "{\"result\":[" + String.join(",", parts) + "]}");
  }

  private static Map<List<String>, List<String[]>> grouped(
      List<FieldPath> groups, List<String[]> rows) {
    Map<List<String>, List<String[]>> grouped = new LinkedHashMap<>();
    for (String[] row : rows) {
      List<String> key = groups.stream().map(field -> field.value(row)).toList();
      grouped.computeIfAbsent(key, none -> new ArrayList<>()).add(row);
    }
    return grouped;
  }

  private String group(
      TableData table,
      Incoming request,
      List<FieldPath> groups,
      List<String> key,
      List<String[]> rows) {
    List<String> names = new ArrayList<>();
    for (int i = 0; i < groups.size(); i++) {
      names.add(
          "{\"field\":"
              + JsonText.quoted(groups.get(i).text())
              + ",\"value\":"
              + JsonText.quoted(key.get(i))
              + "}");
    }
    return "{\"stats\":"
        + stats(table, request, rows)
        + ",\"groupby_fields\":["
        + String.join(",", names)
        + "]}";
  }

  private String stats(TableData table, Incoming request, List<String[]> rows) {
    List<String> parts = new ArrayList<>();
    if (request.flag("sysparm_count")) {
      parts.add("\"count\":\"" + rows.size() + '"');
    }
    for (String kind : List.of("min", "max", "avg", "sum")) {
      List<String> values = new ArrayList<>();
      for (FieldPath field : fields(table, request, "sysparm_" + kind + "_fields")) {
        values.add(
            JsonText.quoted(field.text()) + ":" + JsonText.quoted(aggregate(kind, field, rows)));
      }
      if (!values.isEmpty()) {
        parts.add("\"" + kind + "\":{" + String.join(",", values) + "}");
      }
    }
    return "{" + String.join(",", parts) + "}";
  }

  private List<FieldPath> fields(TableData table, Incoming request, String parameter) {
    return Arrays.stream(request.parameter(parameter).orElse("").split(",", -1))
        .map(name -> FieldPath.resolve(name.trim(), table, instance))
        .flatMap(Optional::stream)
        .toList();
  }

  private static String aggregate(String kind, FieldPath field, List<String[]> rows) {
    List<String> values =
        rows.stream().map(field::value).filter(value -> !value.isEmpty()).toList();
    Comparator<String> order = (left, right) -> Values.compare(field.column(), left, right);
    BigDecimal sum = values.stream().map(Values::number).reduce(BigDecimal.ZERO, BigDecimal::add);
    return switch (kind) {
      case "min" -> values.stream().min(order).orElse("");
      case "max" -> values.stream().max(order).orElse("");
      case "sum" -> sum.toPlainString();
      default ->
          values.isEmpty()
              ? ""
              : sum.divide(BigDecimal.valueOf(values.size()), 4, RoundingMode.HALF_UP)
                  .toPlainString();
    };
  }
}
