// Draws every <figure data-chart>: its <script type="application/json"> says what, its <table> says the same in numbers.
//   {kind: "bars" | "shares", categories, series: [{name, values}], limit?: {value, name}, unit?, places?}    shares lie down, the largest first as given
//   {kind: "lines", x, series: [{name, values}], limit?, unit?, places?}
// A value of null is unknown: it is drawn as a hatched gap with the word, never as a zero and never bridged by a line.
// Colours are told apart by lightness too, so that they hold for the colour-blind and on a black-and-white printer.

const COLOURS = ["#2563c9", "#46b3a0", "#d98a1f", "#7a4fa3", "#8593a8"];
const ENGLISH = document.documentElement.lang.startsWith("en");
const WORDS = ENGLISH ? { unknown: "unknown", data: "Show the data" } : { unknown: "未知", data: "查看数据" };
const STYLE = getComputedStyle(document.documentElement);
const token = (name) => STYLE.getPropertyValue(name).trim();
const FONT = token("--font"), INK = token("--ink-2"), MUTED = token("--muted"), LINE = token("--line"), LIMIT = token("--warn-mark");
const STILL = matchMedia("(prefers-reduced-motion: reduce)").matches;
const drawn = new Map();

// stripes as on the tag of an unknown
function hatch() {
  const tile = document.createElement("canvas"), pen = tile.getContext("2d");
  tile.width = tile.height = 8;
  pen.fillStyle = "#f4f6f9";
  pen.fillRect(0, 0, 8, 8);
  pen.strokeStyle = "#d5dce6";
  pen.lineWidth = 1.5;
  for (const x of [-8, 0, 8]) {
    pen.beginPath();
    pen.moveTo(x, 8);
    pen.lineTo(x + 8, 0);
    pen.stroke();
  }
  return { image: tile, repeat: "repeat" };
}
const HATCH = hatch();

// how wide a name is drawn, near enough: an ideograph is as wide as it is high
const wide = (name) => [...String(name)].reduce((all, one) => all + (one > "\u2e7f" ? 12 : 7), 0);

const said = (chart) => (value) =>
  value == null ? WORDS.unknown : value.toLocaleString("zh-CN", { minimumFractionDigits: chart.places ?? 0, maximumFractionDigits: chart.places ?? 4 }) + (chart.unit ?? "");

// the end of the axis is fixed beforehand: a hatched gap reaches up to it
function top(chart) {
  const known = [...chart.series.flatMap((one) => one.values), chart.limit?.value].filter((value) => value != null);
  const most = Math.max(0, ...known) * 1.08 || 1, power = 10 ** Math.floor(Math.log10(most));
  const step = [0.2, 0.5, 1, 2].find((size) => most / (size * power) <= 6) * power;
  return { max: Number((Math.ceil(most / step) * step).toPrecision(6)), interval: step };
}

function tip(chart, points) {
  const box = document.createElement("div"), name = document.createElement("b"), seen = new Set();
  box.className = "tip";
  name.textContent = points[0].name;
  box.append(name);
  for (const one of chart.series) {
    if (seen.has(one.name)) continue;
    seen.add(one.name);
    const line = document.createElement("div"), what = document.createElement("span"), value = document.createElement("span");
    const swatch = document.createElement("i");
    swatch.style.background = COLOURS[chart.series.indexOf(one) % COLOURS.length];
    what.append(swatch, one.name);
    value.textContent = said(chart)(one.values[points[0].dataIndex]);
    line.append(what, value);
    box.append(line);
  }
  return box;
}

function limit(chart, lying) {
  if (!chart.limit) return undefined;
  return { silent: true, symbol: "none", animation: false, lineStyle: { color: LIMIT, type: [5, 4], width: 1.5 },
    label: { formatter: `${chart.limit.name} ${said(chart)(chart.limit.value)}`, color: token("--warn"), fontSize: 12, position: lying ? "start" : "insideEndTop" },
    data: [lying ? { xAxis: chart.limit.value } : { yAxis: chart.limit.value }] };
}

const gap = (max, vertical) => ({ value: max, itemStyle: { color: HATCH, borderRadius: 0 }, emphasis: { disabled: true },
  label: { show: true, position: !vertical ? "insideLeft" : ENGLISH ? "inside" : "insideBottom", color: token("--unknown"), fontSize: 11, lineHeight: 13,
    formatter: vertical && !ENGLISH ? WORDS.unknown.split("").join("\n") : WORDS.unknown, rotate: vertical && ENGLISH ? 90 : 0 } });

function bars(chart, lying, max) {
  const alone = chart.series.length === 1;
  return chart.series.map((one, n) => ({ name: one.name, type: "bar", barMaxWidth: lying ? 18 : 28, barGap: "15%", barCategoryGap: "34%",
    itemStyle: { color: COLOURS[n % COLOURS.length], borderRadius: lying ? [0, 3, 3, 0] : [3, 3, 0, 0] },
    label: { show: alone, position: lying ? "right" : "top", color: INK, fontSize: 12, formatter: (point) => said(chart)(point.value) }, labelLayout: { hideOverlap: true },
    data: one.values.map((value) => value ?? gap(max, !lying)), markLine: n ? undefined : limit(chart, lying) }));
}

function lines(chart, max) {
  const made = chart.series.map((one, n) => ({ name: one.name, type: "line", data: one.values.map((value) => value ?? "-"), connectNulls: false,
    symbol: ["circle", "rect", "triangle", "diamond"][n % 4], symbolSize: 7, lineStyle: { width: 2.5, type: ["solid", "solid", [6, 3]][n % 3] },
    itemStyle: { color: COLOURS[n % COLOURS.length], borderColor: "#fff", borderWidth: 1 }, areaStyle: n ? undefined : { opacity: 0.07 }, markLine: n ? undefined : limit(chart, false) }));
  const holes = chart.x.map((_, at) => chart.series.some((one) => one.values[at] == null) ? gap(max, true) : "-");
  return holes.every((hole) => hole === "-") ? made : [...made, { name: WORDS.unknown, type: "bar", silent: true, z: 1, barMaxWidth: 34, data: holes }];
}

function option(chart, width) {
  const lying = chart.kind === "shares", { max, interval } = top(chart), names = chart.x ?? chart.categories;
  const turned = !lying && width / names.length < Math.max(...names.map(wide)) + 12;
  const words = { type: "category", data: names.map(String), inverse: lying, boundaryGap: true, axisTick: { show: false }, axisLine: { lineStyle: { color: token("--line-2") } },
    axisLabel: { color: INK, fontSize: 12, interval: lying ? 0 : "auto", rotate: turned ? 38 : 0, hideOverlap: true, ...(lying ? { width: Math.min(180, width * 0.34), overflow: "truncate" } : {}) } };
  const amounts = { type: "value", min: 0, max, interval: lying && width < 520 ? interval * 2 : interval, splitLine: { lineStyle: { color: LINE } }, axisLabel: { color: MUTED, fontSize: 12, formatter: (value) => value.toLocaleString("zh-CN") },
    name: chart.unit && !lying ? chart.unit : undefined, nameTextStyle: { color: MUTED, align: "right" }, nameGap: 12 };
  const legend = chart.series.length > 1;
  return { animation: !STILL, animationDuration: 250, aria: { enabled: false }, color: COLOURS, textStyle: { fontFamily: FONT },
    grid: { left: 4, right: lying ? 64 : 8, top: lying ? (chart.limit ? 26 : 8) + (legend ? 24 : 0) : legend || chart.unit ? 36 : 16, bottom: 2, containLabel: true },
    legend: legend ? { top: 0, right: 0, itemWidth: 14, itemHeight: 9, itemGap: 16, textStyle: { color: INK, fontSize: 12 }, data: chart.series.map((one) => one.name) } : undefined,
    tooltip: { trigger: "axis", confine: true, transitionDuration: 0, axisPointer: { type: chart.kind === "lines" ? "line" : "shadow", shadowStyle: { color: "rgb(31 95 204 / 0.06)" } },
      borderColor: LINE, padding: [8, 12], formatter: (points) => tip(chart, points) },
    xAxis: lying ? amounts : words, yAxis: lying ? words : amounts,
    series: chart.kind === "lines" ? lines(chart, max) : bars(chart, lying, max) };
}

// the table stays for the reader of numbers, of a screen aloud and of paper
function fold(figure) {
  const table = figure.querySelector(":scope > .scroll, :scope > table");
  if (!table || table.closest("details")) return;
  const details = document.createElement("details"), summary = document.createElement("summary");
  summary.textContent = WORDS.data;
  table.replaceWith(details);
  details.append(summary, table);
}

function draw(figure) {
  const chart = JSON.parse(figure.querySelector('script[type="application/json"]').textContent);
  if (!["bars", "lines", "shares"].includes(chart.kind)) throw new Error(`charts.js: no such kind of chart: ${chart.kind}`);
  const plot = document.createElement("div");
  plot.className = "plot";
  plot.setAttribute("aria-hidden", "true"); // the table says it
  if (chart.kind === "shares") plot.classList.toggle("tall", chart.categories.length > 9);
  figure.prepend(plot);
  fold(figure);
  const drawing = globalThis.echarts.init(plot, null, { renderer: "canvas" });
  drawing.setOption(option(chart, plot.clientWidth));
  drawn.set(figure, { chart, drawing, plot });
  SIZES.observe(plot);
}

const SIZES = new ResizeObserver((changes) => {
  for (const { target } of changes) {
    const { chart, drawing, plot } = drawn.get(target.parentElement) ?? {};
    if (!plot?.isConnected || plot.clientWidth === drawing.getWidth()) continue;
    drawing.resize({ animation: undefined });
    drawing.setOption({ ...option(chart, plot.clientWidth), animation: false });
  }
});

function refresh() {
  for (const [figure, { drawing }] of drawn) {
    if (figure.isConnected) continue;
    drawing.dispose();
    drawn.delete(figure);
  }
  for (const figure of document.querySelectorAll("figure[data-chart]")) if (!drawn.has(figure)) draw(figure);
}

// paper is narrower than the screen, and has no button to press
let unfolded = [];
addEventListener("beforeprint", () => {
  unfolded = [...document.querySelectorAll("figure[data-chart] details:not([open])")];
  for (const details of unfolded) details.open = true;
  for (const { drawing } of drawn.values()) drawing.resize({ width: Math.min(drawing.getWidth(), 640) });
});
addEventListener("afterprint", () => {
  for (const details of unfolded) details.open = false;
  for (const { drawing } of drawn.values()) drawing.resize({ width: "auto" });
});

document.addEventListener("htmx:after:swap", refresh);
refresh();
