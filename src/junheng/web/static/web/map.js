// Draws every <div data-map="URL">: points from GeoJSON, each with name, verdict, href and label among its properties. A sketch: no tiles, no
// borders, nothing asked of anybody else. Colour and shape both tell the verdict; the list below holds the same points as links, for the
// keyboard, for a screen read aloud and for a browser that cannot draw.
import { Map as Sketch, LngLatBounds, NavigationControl, Popup } from "../vendor/maplibre-gl-6.17.0/maplibre-gl.mjs";

const ENGLISH = document.documentElement.lang.startsWith("en");
const WORDS = ENGLISH
  ? { met: "Met", not_met: "Not met", unknown: "Cannot be judged (data missing)", needs_evidence: "Evidence to be provided", sketch: "Sketch map", list: "List of places",
      failed: "The points did not arrive: reload the page.", blind: "This browser cannot draw the map; the list below holds the same places.", none: "No place with coordinates." }
  : { met: "测算达标", not_met: "测算未达标", unknown: "暂不能判定（缺数据）", needs_evidence: "待提供佐证", sketch: "示意图", list: "地点名单",
      failed: "点位没有取到，请刷新本页。", blind: "此浏览器不能绘图，下面的名单内容相同。", none: "没有带坐标的地点。" };
const STYLE = getComputedStyle(document.documentElement);
const token = (name) => STYLE.getPropertyValue(name).trim();
const SIZE = 22; // of a drawn mark, in device pixels at two to one

const SHAPES = {
  met(pen) { pen.arc(11, 11, 7, 0, 7); filled(pen, token("--ok-mark")); },
  not_met(pen) { pen.moveTo(11, 1.5); pen.lineTo(20.5, 11); pen.lineTo(11, 20.5); pen.lineTo(1.5, 11); pen.closePath(); filled(pen, token("--bad-mark")); },
  unknown(pen) { pen.rect(4.5, 4.5, 13, 13); hollow(pen, token("--unknown-mark")); },
  needs_evidence(pen) { pen.arc(11, 11, 6.5, 0, 7); hollow(pen, token("--warn-mark")); },
};
function filled(pen, colour) {
  pen.fillStyle = colour;
  pen.fill();
  pen.lineWidth = 2;
  pen.strokeStyle = "#fff";
  pen.stroke();
}
function hollow(pen, colour) {
  pen.fillStyle = "#fff";
  pen.fill();
  pen.lineWidth = 3.5;
  pen.strokeStyle = colour;
  pen.stroke();
}

function mark(verdict) {
  const canvas = document.createElement("canvas"), pen = canvas.getContext("2d");
  canvas.width = canvas.height = SIZE;
  pen.beginPath();
  SHAPES[verdict](pen);
  return canvas;
}

function swatch(verdict) {
  const canvas = mark(verdict);
  canvas.className = "swatch";
  canvas.setAttribute("aria-hidden", "true");
  return canvas;
}

function frame(box) {
  box.classList.add("map");
  const plot = document.createElement("div"), caption = document.createElement("div"), details = document.createElement("details"), note = document.createElement("span");
  plot.className = "plot";
  caption.className = "legend";
  note.className = "sketch";
  note.textContent = WORDS.sketch;
  box.replaceChildren(plot, note, caption, details);
  return { plot, caption, details };
}

// A county stands among its schools with the same marks; what is counted are schools.
function legend(caption, points) {
  for (const verdict of Object.keys(SHAPES)) {
    const marked = points.filter((point) => point.properties.verdict === verdict);
    if (!marked.length) continue;
    const line = document.createElement("span"), schools = marked.filter((point) => point.properties.level !== "county").length;
    line.append(swatch(verdict), schools ? `${WORDS[verdict]} ${schools}` : WORDS[verdict]);
    caption.append(line);
  }
}

function list(details, points, show) {
  const summary = document.createElement("summary"), all = document.createElement("ul");
  summary.textContent = `${WORDS.list} ${points.length}`;
  for (const point of points) {
    const line = document.createElement("li"), link = document.createElement("a"), seen = document.createElement("span");
    link.href = point.properties.href;
    link.textContent = point.properties.name;
    seen.className = "unseen";
    seen.textContent = WORDS[point.properties.verdict];
    link.addEventListener("focus", () => show(point));
    line.append(swatch(point.properties.verdict), link, seen);
    all.append(line);
  }
  details.append(summary, all);
}

function card({ name, verdict, label }) {
  const box = document.createElement("div"), title = document.createElement("b"), line = document.createElement("div");
  title.textContent = name;
  line.textContent = [WORDS[verdict], label].filter(Boolean).join(" · ");
  box.append(title, line);
  return box;
}

function bounds(points) {
  const all = new LngLatBounds();
  for (const point of points) all.extend(point.geometry.coordinates);
  return all;
}

const FONT = token("--font");
function layers() {
  const sort = ["match", ["get", "verdict"], "not_met", 3, "needs_evidence", 2, "unknown", 1, 0];
  return [
    { id: "ground", type: "background", paint: { "background-color": "#eef2f7" } },
    { id: "counties", type: "symbol", source: "points", filter: ["==", ["get", "level"], "county"],
      layout: { "icon-image": ["get", "verdict"], "icon-size": 1.9, "icon-allow-overlap": true, "icon-ignore-placement": true, "text-field": ["get", "name"], "text-size": 13, "text-offset": [0, 1.4], "text-anchor": "top", "text-optional": true },
      paint: { "text-color": token("--ink"), "text-halo-color": "#fff", "text-halo-width": 2 } },
    { id: "points", type: "symbol", source: "points", filter: ["!=", ["get", "level"], "county"],
      layout: { "icon-image": ["get", "verdict"], "icon-size": ["interpolate", ["linear"], ["zoom"], 7, 0.7, 12, 1.25], "icon-allow-overlap": true, "icon-ignore-placement": true, "symbol-sort-key": sort } },
    { id: "names", type: "symbol", source: "points", minzoom: 10, filter: ["!=", ["get", "level"], "county"],
      layout: { "text-field": ["get", "name"], "text-size": 12, "text-offset": [0, 1], "text-anchor": "top", "text-optional": true },
      paint: { "text-color": token("--ink-2"), "text-halo-color": "#fff", "text-halo-width": 1.5 } },
  ];
}

function sketch(plot, points, title) {
  const map = new Sketch({ container: plot, bounds: bounds(points), fitBoundsOptions: { padding: 36, maxZoom: 13 }, attributionControl: false, dragRotate: false, pitchWithRotate: false,
    localIdeographFontFamily: FONT, fadeDuration: 0, canvasContextAttributes: { preserveDrawingBuffer: true }, // paper is drawn from the same buffer
    style: { version: 8, sources: { points: { type: "geojson", data: { type: "FeatureCollection", features: points } } }, layers: [] } });
  map.touchZoomRotate.disableRotation();
  map.addControl(new NavigationControl({ showCompass: false }), "top-right");
  map.getCanvas().ariaLabel = title;
  map.on("load", () => {
    for (const verdict of Object.keys(SHAPES)) {
      map.addImage(verdict, mark(verdict).getContext("2d").getImageData(0, 0, SIZE, SIZE), { pixelRatio: 1.5 });
    }
    for (const layer of layers()) map.addLayer(layer);
  });
  return map;
}

function pointing(map) {
  const popup = new Popup({ closeButton: false, closeOnClick: false, offset: 12, maxWidth: "20rem" });
  let shown = null;
  const show = (point) => {
    shown = point;
    if (point) popup.setLngLat(point.geometry.coordinates).setDOMContent(card(point.properties)).addTo(map);
    else popup.remove();
    map.getCanvas().style.cursor = point ? "pointer" : "";
  };
  const open = () => { if (shown?.properties.href) location.assign(shown.properties.href); };
  for (const layer of ["points", "counties"]) {
    map.on("mousemove", layer, (event) => show(event.features[0]));
    map.on("mouseleave", layer, () => show(null));
    map.on("click", layer, (event) => { show(event.features[0]); open(); });
  }
  map.getCanvas().addEventListener("keydown", (event) => { if (event.key === "Enter") open(); });
  return show;
}

function told(plot, text) {
  const line = document.createElement("p");
  line.className = "notice warning";
  line.textContent = text;
  plot.parentElement.querySelector(".sketch").remove();
  plot.replaceWith(line);
}

async function points(address) {
  const answer = await fetch(address, { headers: { Accept: "application/geo+json" } }).catch(() => null);
  return answer?.ok ? (await answer.json()).features : null;
}

const drawn = new WeakMap(); // box -> its map, once it is drawn
async function draw(box) {
  const { plot, caption, details } = frame(box), address = box.dataset.map;
  const features = await points(address);
  if (!features) return told(plot, WORDS.failed);
  if (!features.length) return told(plot, WORDS.none);
  let show = () => {};
  legend(caption, features);
  list(details, features, (point) => show(point));
  try {
    const map = sketch(plot, features, box.getAttribute("aria-label") ?? WORDS.sketch);
    show = pointing(map);
    drawn.set(box, { map, caption, details, show });
  } catch (fault) { // no WebGL: the list is what there is
    console.warn(fault);
    told(plot, WORDS.blind);
    details.open = true;
  }
}

// A part of the page that htmx put in may ask for other points: <… data-points="URL" data-points-of="id of the map">. The map stays; only
// what is on it changes.
async function change(box, address) {
  box.dataset.map = address;
  const held = drawn.get(box);
  if (!held) return draw(box);
  const features = await points(address);
  if (box.dataset.map !== address || !features) return; // another was asked meanwhile
  held.show(null);
  const put = () => held.map.getSource("points").setData({ type: "FeatureCollection", features });
  if (held.map.isStyleLoaded()) put();
  else held.map.once("idle", put);
  if (features.length) held.map.fitBounds(bounds(features), { padding: 36, maxZoom: 13, animate: false });
  held.caption.replaceChildren();
  held.details.replaceChildren();
  legend(held.caption, features);
  list(held.details, features, held.show);
}

const begun = new WeakSet();
function refresh() {
  for (const box of document.querySelectorAll("div[data-map]")) {
    if (begun.has(box)) continue;
    begun.add(box);
    draw(box);
  }
  for (const asking of document.querySelectorAll("[data-points-of]")) {
    const box = document.getElementById(asking.dataset.pointsOf);
    if (box && box.dataset.map !== asking.dataset.points) change(box, asking.dataset.points);
  }
}
document.addEventListener("htmx:after:swap", refresh);
refresh();
