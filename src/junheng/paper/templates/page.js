"use strict";
(() => {
  const COLOURS = { main: "#2b6de5", second: "#24b68c", soft: "#d5dfee", soft2: "#a9bddb", bad: "#d9483d", low: "#e07b39", grey: "#b9c1cc" };
  const INK = "#44516a", FONT = getComputedStyle(document.body).fontFamily;
  const data = JSON.parse(document.getElementById("charts").textContent);
  const drawn = [];

  const shown = (bars) => (value) => value == null || value === "-" ? "缺数据" : value.toFixed(bars.places) + bars.unit;

  function series(bars, one, last) {
    const dots = one.values.map((value, n) => ({
      value: value == null ? "-" : value,
      ...(one.standsOut.includes(n) ? { itemStyle: { color: COLOURS.bad } } : {}),
    }));
    const made = { name: one.name, type: "bar", data: dots, barMaxWidth: 26, stack: bars.lying ? "one" : undefined, barGap: "12%", barCategoryGap: "32%",
      itemStyle: { color: COLOURS[one.colour], borderRadius: bars.lying ? [0, 3, 3, 0] : [3, 3, 0, 0] },
      label: { show: last, position: bars.lying ? "right" : "top", fontSize: 11, color: INK, textBorderColor: "#fff", textBorderWidth: 2, formatter: (p) => shown(bars)(p.value) } };
    if (last && bars.limit != null) {
      made.markLine = { silent: true, symbol: "none", lineStyle: { color: "#c77700", type: "dashed", width: 1.5 },
        label: { formatter: bars.limitName, color: "#8f5400", position: "end" },
        data: [bars.lying ? { xAxis: bars.limit } : { yAxis: bars.limit }] };
    }
    return made;
  }

  const TOP = (bars) => (range) => Math.ceil(Math.max(range.max, bars.limit) * 10.6) / 10;

  function option(bars, width) {
    const room = Math.max(48, Math.min(110, (width - 70) / bars.categories.length - 8));
    const names = { type: "category", data: bars.categories, inverse: bars.lying, axisTick: { show: false },
      axisLine: { lineStyle: { color: "#c9d2de" } },
      axisLabel: { color: INK, interval: 0, fontSize: 12, ...(bars.lying ? { width: 170, overflow: "truncate" } : { width: room, overflow: "break", lineHeight: 15 }) } };
    const values = { type: "value", splitLine: { lineStyle: { color: "#e9edf3" } }, axisLabel: { color: "#66758a" },
      max: bars.limit == null ? undefined : TOP(bars) };
    return { animation: false, textStyle: { fontFamily: FONT },
      grid: { left: 12, right: bars.lying ? 56 : bars.limit == null ? 16 : 56, top: 44, bottom: 8, containLabel: true },
      legend: { top: 8, right: 12, itemWidth: 14, itemHeight: 10, textStyle: { color: INK }, data: bars.series.map((one) => one.name) },
      tooltip: { trigger: "axis", axisPointer: { type: "shadow" }, valueFormatter: shown(bars), confine: true },
      xAxis: bars.lying ? values : names, yAxis: bars.lying ? names : values,
      series: bars.series.map((one, n) => series(bars, one, bars.lying || n === bars.series.length - 1 || bars.limit == null)) };
  }

  function draw(name) {
    const chart = echarts.init(document.getElementById(name));
    const show = (n) => data[name][n] && chart.setOption(option(data[name][n], chart.getWidth()), true);
    show(0);
    drawn.push(chart);
    return show;
  }

  for (const name of Object.keys(data)) {
    const show = draw(name), choice = document.querySelector(`select[data-chart="${name}"]`);
    if (choice) { choice.value = "0"; choice.addEventListener("change", () => show(Number(choice.value))); }
  }
  const resize = () => drawn.forEach((chart) => chart.resize());
  addEventListener("resize", resize);
  addEventListener("beforeprint", resize);

  const zh = new Intl.Collator("zh-CN", { numeric: true });
  function compare(a, b) {
    const numbers = [a, b].map((cell) => cell.dataset.v === undefined ? null : Number(cell.dataset.v));
    if (numbers[0] !== null && numbers[1] !== null) return numbers[0] - numbers[1];
    if (numbers[0] !== null || numbers[1] !== null) return numbers[0] === null ? Infinity : -Infinity;
    return zh.compare(a.textContent, b.textContent);
  }

  function sort(table, head) {
    const down = head.getAttribute("aria-sort") === "ascending", column = Number(head.dataset.column), body = table.tBodies[0];
    const rows = [...body.rows];
    rows.sort((a, b) => {
      const order = compare(a.cells[column], b.cells[column]);
      return Math.abs(order) === Infinity ? Math.sign(order) : down ? -order : order; // what is unknown stays last
    });
    table.querySelectorAll("th[aria-sort]").forEach((one) => one.setAttribute("aria-sort", "none"));
    head.setAttribute("aria-sort", down ? "descending" : "ascending");
    body.append(...rows);
  }

  function fold(table, folded) {
    table.classList.toggle("folded", folded);
    table.querySelectorAll("th").forEach((head) => { head.colSpan = Number(folded ? head.dataset.kept : head.dataset.all) || 1; });
  }

  function filter(tools, table) {
    const words = tools.querySelector("input[type=search]").value.trim().toLowerCase().split(/\s+/).filter(Boolean);
    const roles = [...tools.querySelectorAll("[data-only]")].filter((box) => box.checked).map((box) => box.dataset.only);
    const rows = [...table.tBodies[0].rows];
    for (const row of rows) {
      const text = row.textContent.toLowerCase();
      row.hidden = !(words.every((word) => text.includes(word)) && roles.every((role) => row.querySelector(`.${role}`)));
    }
    tools.querySelector(".count").textContent = `显示 ${rows.filter((row) => !row.hidden).length} / ${rows.length} 行`;
  }

  for (const table of document.querySelectorAll("table")) {
    table.querySelectorAll("th[data-column] button").forEach((button) => button.addEventListener("click", () => sort(table, button.parentElement)));
    if (table.classList.contains("folded")) fold(table, true);
  }
  for (const tools of document.querySelectorAll(".tools[data-table]")) {
    const table = document.getElementById(tools.dataset.table), run = () => filter(tools, table);
    tools.addEventListener("input", (event) => {
      if (event.target.matches("[data-unfold]")) fold(table, !event.target.checked);
      else run();
    });
    run();
  }
})();
