"use strict";
(() => {
  const COLOURS = { main: "#2b6de5", second: "#24b68c", soft: "#d5dfee", soft2: "#a9bddb", bad: "#d9483d", low: "#e07b39", grey: "#b9c1cc", third: "#8f6fd6", fourth: "#e0a83a", fifth: "#3aa7d0" };
  const INK = "#44516a", FONT = getComputedStyle(document.body).fontFamily;
  const data = JSON.parse(document.getElementById("charts").textContent);
  const drawn = [];

  const said = (bars, value) => value.toLocaleString("zh-CN", { minimumFractionDigits: bars.places, maximumFractionDigits: bars.places }) + bars.unit;
  const shown = (bars) => (value) => value == null || value === "-" ? "缺数据" : said(bars, value);
  const sum = (bars, n) => bars.series.reduce((total, one) => total + (one.values[n] || 0), 0);

  function series(bars, one, last) {
    const dots = one.values.map((value, n) => ({
      value: value == null ? "-" : value,
      ...(one.standsOut.includes(n) ? { itemStyle: { color: COLOURS.bad } } : {}),
    }));
    const made = { name: one.name, type: "bar", data: dots, barMaxWidth: bars.stacked ? 46 : 26, stack: bars.lying || bars.stacked ? "one" : undefined, barGap: "12%", barCategoryGap: "32%",
      itemStyle: { color: COLOURS[one.colour], borderRadius: bars.lying ? [0, 3, 3, 0] : [3, 3, 0, 0] },
      labelLayout: { hideOverlap: true },
      label: { show: last, position: bars.lying ? "right" : "top", fontSize: 11, color: INK, textBorderColor: "#fff", textBorderWidth: 2,
        formatter: (p) => bars.stacked ? said(bars, sum(bars, p.dataIndex)) : shown(bars)(p.value) } };
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
      axisLabel: { color: INK, interval: 0, fontSize: 12, ...(bars.lying ? { width: Math.min(170, width * 0.4), overflow: "truncate" } : { width: room, overflow: "break", lineHeight: 15, ...(room < 52 ? { formatter: (name) => name.split("\n")[0] } : {}) }) } };
    const values = { type: "value", minInterval: bars.places ? 0 : 1, splitLine: { lineStyle: { color: "#e9edf3" } }, axisLabel: { color: "#66758a", hideOverlap: true }, splitNumber: width < 520 && bars.lying ? 2 : 5,
      max: bars.limit == null ? undefined : TOP(bars) };
    return { animation: false, textStyle: { fontFamily: FONT },
      grid: { left: 12, right: bars.stacked && bars.lying ? 96 : bars.lying ? 56 : bars.limit == null ? 16 : 56, top: 44, bottom: 8, containLabel: true },
      legend: { top: 8, right: 12, itemWidth: 14, itemHeight: 10, textStyle: { color: INK }, data: bars.series.map((one) => one.name) },
      tooltip: { trigger: "axis", axisPointer: { type: "shadow" }, valueFormatter: shown(bars), confine: true },
      xAxis: bars.lying ? values : names, yAxis: bars.lying ? names : values,
      series: bars.series.map((one, n) => series(bars, one, bars.stacked ? n === bars.series.length - 1 : bars.lying || n === bars.series.length - 1 || bars.limit == null)) };
  }

  const STEPS = [0.5, 1, 2, 5, 10, 20, 50, 100];

  // a kilometre is as long upwards as sideways, whatever the window
  function span(low, high, pixels, perPixel) {
    const middle = (low + high) / 2, half = pixels * perPixel / 2;
    return { min: middle - half, max: middle + half };
  }

  function tip(point) {
    const box = document.createElement("div"), name = document.createElement("b");
    box.className = "tip";
    name.textContent = point.data[2];
    box.append(name, point.data[3].join("\n"));
    return box;
  }

  function sketch(drawing, width, height) {
    const all = drawing.states.flatMap((one) => one.points), places = [...all, ...drawing.names];
    const room = [Math.max(80, width - 36), Math.max(80, height - 92)];
    const bounds = [0, 1].map((axis) => [Math.min(...places.map((p) => p[axis])), Math.max(...places.map((p) => p[axis]))]);
    const perPixel = Math.max(0.004, ...bounds.map(([low, high], axis) => (high - low) * 1.1 / room[axis]));
    const step = STEPS.find((km) => km / perPixel > 70) || 200;
    const axes = bounds.map(([low, high], axis) => ({ type: "value", ...span(low, high, room[axis], perPixel), interval: step, axisLabel: { show: false },
      axisTick: { show: false }, axisLine: { show: false }, splitLine: { lineStyle: { color: "#e9edf3" } } }));
    const dots = drawing.states.map((one, n) => ({ name: `${one.name} ${one.points.length}`, type: "scatter", data: one.points, symbol: one.shape, z: 3 + n,
      symbolSize: one.shape.endsWith("ircle") ? 9 : 13, itemStyle: { color: COLOURS[one.colour] || one.colour, borderColor: one.shape.startsWith("empty") ? COLOURS[one.colour] : "#fff", borderWidth: one.shape.startsWith("empty") ? 2 : 1, opacity: 0.9 } }));
    const names = { type: "scatter", silent: true, data: drawing.names, symbolSize: 0, z: 2, tooltip: { show: false },
      label: { show: true, formatter: (p) => p.data[2], color: "#74819a", fontSize: 12 }, labelLayout: { hideOverlap: true } };
    return { animation: false, textStyle: { fontFamily: FONT }, grid: { left: 18, right: 18, top: 62, bottom: 30 },
      legend: { top: 8, left: 12, right: 12, itemWidth: 12, itemHeight: 12, textStyle: { color: INK }, data: dots.map((one) => one.name) },
      graphic: { type: "text", right: 20, bottom: 8, style: { text: `每格 ${step} 公里`, fill: "#66758a", font: `12px ${FONT}` } },
      tooltip: { trigger: "item", confine: true, formatter: tip }, xAxis: axes[0], yAxis: axes[1], series: [names, ...dots] };
  }

  function draw(name) {
    const box = document.getElementById(name), chart = echarts.init(box);
    let shownNow = 0;
    const show = (n) => {
      const drawing = data[name][n];
      shownNow = n;
      if (drawing) chart.setOption(drawing.states ? sketch(drawing, chart.getWidth(), chart.getHeight()) : option(drawing, chart.getWidth()), true);
    };
    show(0);
    drawn.push(() => { chart.resize(); show(shownNow); });
    if (box.dataset.finds) chart.on("click", (point) => find(box.dataset.finds, point.data[2]));
    return show;
  }

  function find(section, words) {
    const tools = document.querySelector(`#${section} .tools[data-table]`);
    if (!tools) return;
    tools.querySelectorAll("select").forEach((one) => { one.value = ""; });
    tools.querySelectorAll("[data-only]").forEach((one) => { one.checked = false; });
    tools.querySelector("input[type=search]").value = words;
    tools.dispatchEvent(new Event("input"));
    document.getElementById(section).scrollIntoView();
  }

  for (const name of Object.keys(data)) {
    const show = draw(name), choice = document.querySelector(`select[data-chart="${name}"]`);
    if (choice) { choice.value = "0"; choice.addEventListener("change", () => show(Number(choice.value))); }
  }
  const resize = () => drawn.forEach((again) => again());
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
    const chosen = [...tools.querySelectorAll("[data-choose]")].filter((one) => one.value);
    const rows = [...table.tBodies[0].rows];
    for (const row of rows) {
      const text = row.textContent.toLowerCase();
      row.hidden = !(words.every((word) => text.includes(word)) && roles.every((role) => row.querySelector(`.${role}`))
        && chosen.every((one) => row.cells[Number(one.dataset.choose)].textContent === one.value));
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
