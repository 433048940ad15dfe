"use strict";
(() => {
  const STEP = 100;
  const PRINTED = 2000;
  const lines = (id) => document.getElementById(id).textContent.slice(1).split("\n");
  const details = lines("details");
  const tables = lines("tables").filter((line) => line !== "").map((line, at) => ({ at, row: JSON.parse(line) }));
  const list = document.getElementById("list");
  const count = document.getElementById("count");
  const tools = document.getElementById("tools");
  const number = new Intl.NumberFormat("en");
  let shown = [];
  let drawn = 0;

  function make(tag, name, ...children) {
    const element = document.createElement(tag);
    if (name) element.className = name;
    element.append(...children);
    return element;
  }

  function plural(n, word) {
    return number.format(n) + " " + word + (n === 1 ? "" : "s");
  }

  function confidence(percent) {
    const fill = make("i", "");
    fill.style.width = percent + "%";
    const gauge = make("span", "gauge", fill);
    gauge.setAttribute("aria-hidden", "true");
    const tone = percent < 60 ? " low" : percent < 85 ? " fair" : "";
    const whole = make("span", "confidence" + tone, gauge, percent + " %");
    whole.title = "Confidence of the inference";
    return whole;
  }

  function lossList(losses) {
    const items = make("ul", "losses");
    for (const [weight, where, sentence] of losses) {
      const words = (where ? where + ": " : "") + sentence;
      items.append(make("li", weight ? "loss" : "", (weight ? "Loss: " : "") + words));
    }
    return items;
  }

  function cell(head, name, ...children) {
    const td = make("td", children.length ? name : "blank", ...children);
    td.dataset.head = head;
    return td;
  }

  function columnRow([name, target, native, type, nullable, key, sure, words, losses], withSure) {
    const weighs = losses.some((loss) => loss[0] === 1);
    const row = make("tr", weighs ? "has-loss" : "");
    const first = make("td", "lead", name === "" ? "(no name)" : name);
    if (key) first.append(make("span", "key", "PK"));
    if (target) first.append(make("div", "quiet", "→ " + target));
    if (words) first.append(make("div", "quiet", words));
    row.append(first, cell("Native type", "native", make("code", "", native)));
    const mapped = make("div", "", make("code", "", type));
    if (losses.length) mapped.append(lossList(losses));
    row.append(cell("Databricks", "types", mapped), cell("Nullable", "", nullable ? "yes" : "no"));
    if (withSure) row.append(sure === null ? cell("", "") : cell("Confidence", "", confidence(sure)));
    return row;
  }

  function columnTable(columns) {
    const withSure = columns.some((column) => column[6] !== null);
    const heads = ["Column", "Native type", "Databricks type", "Nullable"].concat(withSure ? ["Confidence"] : []);
    const head = make("tr", "", ...heads.map((text) => {
      const th = make("th", "", text);
      th.scope = "col";
      return th;
    }));
    const body = make("tbody", "");
    const table = make("table", "", make("thead", "", head), body);
    const box = make("div", "", make("div", "scroll", table));
    let next = 0;
    const more = make("button", "");
    more.type = "button";
    const grow = () => {
      for (const column of columns.slice(next, next + 500)) body.append(columnRow(column, withSure));
      next += 500;
      more.textContent = "Show more of " + plural(columns.length, "column");
      more.hidden = next >= columns.length;
    };
    more.addEventListener("click", grow);
    grow();
    box.append(more);
    return box;
  }

  function inside(at, words) {
    const box = make("div", "inside");
    if (words) box.append(make("p", "", words));
    if (!details[at]) {
      box.append(make("p", "quiet", "This page is too large for the columns of every table; the snapshot has them."));
      return box;
    }
    const [columns, losses, notices, keys, facts] = JSON.parse(details[at]);
    for (const [message, remedy] of notices) box.append(make("p", "notice", message + (remedy ? " " + remedy : "")));
    box.append(columns.length ? columnTable(columns) : make("p", "quiet", "No columns are known."));
    const more = make("dl", "more");
    for (const key of keys) more.append(make("dt", "", "refers to"), make("dd", "", key));
    for (const [name, value] of facts) more.append(make("dt", "", name), make("dd", "", value));
    if (losses.length) more.append(make("dt", "", "left behind"), make("dd", "", lossList(losses)));
    if (more.childElementCount) box.append(more);
    return box;
  }

  function entry({ at, row }) {
    const [schema, name, kind, columns, rows, exact, losses, , notices, sure, words] = row;
    const title = make("span", "title", make("span", "quiet", schema + " / "), name);
    const facts = make("span", "facts", make("span", "", kind), make("span", "", plural(columns, "column")));
    if (rows !== null) facts.append(make("span", "", (exact ? "" : "about ") + plural(rows, "row")));
    if (sure !== null) facts.append(confidence(sure));
    if (notices) facts.append(make("span", "badge", plural(notices, "notice")));
    if (losses) facts.append(make("span", "badge loss", losses === 1 ? "1 loss" : number.format(losses) + " losses"));
    const box = make("details", "table", make("summary", "", title, facts));
    box.addEventListener("toggle", () => {
      if (box.open && box.childElementCount === 1) box.append(inside(at, words));
    });
    return box;
  }

  const more = make("button", "");
  more.type = "button";
  more.addEventListener("click", () => grow(STEP));

  function grow(by) {
    const part = document.createDocumentFragment();
    for (const table of shown.slice(drawn, drawn + by)) part.append(entry(table));
    drawn = Math.min(shown.length, drawn + by);
    list.append(part);
    more.hidden = drawn >= shown.length;
    more.textContent = "Show more (" + number.format(shown.length - drawn) + " left)";
  }

  const orders = {
    "Name": null,
    "Most columns": (a, b) => b.row[3] - a.row[3],
    "Most losses": (a, b) => b.row[6] - a.row[6] || b.row[7] - a.row[7],
    "Least confidence": (a, b) => (a.row[9] ?? 101) - (b.row[9] ?? 101),
  };
  const filters = {
    "All tables": () => true,
    "With losses": (table) => table.row[6] > 0,
    "With notices": (table) => table.row[8] > 0,
    "Confidence under 85 %": (table) => table.row[9] !== null && table.row[9] < 85,
  };

  function labelled(text, control, name) {
    const label = make("label", name, text, control);
    tools.append(label);
    return control;
  }

  function choice(text, options) {
    return labelled(text, make("select", "", ...Object.keys(options).map((name) => make("option", "", name))), "");
  }

  function draw() {
    const words = search.value.trim().toLowerCase();
    const wanted = filters[filter.value];
    const names = (table) => (table.row[0] + " / " + table.row[1]).toLowerCase();
    // Most lines are told apart as text; what JSON escapes is looked for in parsed ones.
    const plain = !/[<>&"\\]/.test(words);
    const inColumns = ({ at }) => details[at] && (!plain || details[at].toLowerCase().includes(words))
      && JSON.parse(details[at])[0].some((column) => column[0].toLowerCase().includes(words));
    shown = tables.filter((table) => wanted(table) && (!words || names(table).includes(words) || inColumns(table)));
    if (orders[order.value]) shown.sort(orders[order.value]);
    drawn = 0;
    list.replaceChildren();
    count.textContent = shown.length === tables.length ? plural(tables.length, "table") : number.format(shown.length) + " of " + plural(tables.length, "table");
    grow(STEP);
  }

  const search = labelled("Search tables and columns", make("input", ""), "wide");
  search.type = "search";
  const filter = choice("Show", filters);
  const order = choice("Sort by", orders);
  let waiting = 0;
  search.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(draw, 150);
  });
  filter.addEventListener("change", draw);
  order.addEventListener("change", draw);
  window.addEventListener("beforeprint", () => grow(Math.max(0, PRINTED - drawn)));
  tools.hidden = tables.length < 2;
  list.after(more);
  draw();
  // Boxes stand around the middle: the corner of a large diagram would be blank.
  for (const canvas of document.querySelectorAll(".canvas")) {
    canvas.scrollTop = (canvas.scrollHeight - canvas.clientHeight) / 2;
  }
  const first = list.querySelector("details");
  if (first && tables.length <= 50) first.open = true;
})();
