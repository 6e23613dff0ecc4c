// What the pages of the desk do by themselves: keys, asking before a step that cannot be taken back, short messages.
// Everything listens on the document, so that parts which htmx puts in later need no second start.

const TYPING = "input, textarea, select, [contenteditable], dialog[open]";
const shortcuts = document.getElementById("shortcuts");
const confirmation = document.getElementById("confirm");
const toasts = document.getElementById("toasts");

export function toast(text, kind = "") {
  const box = document.createElement("div"), line = document.createElement("p"), close = document.createElement("button");
  box.className = `toast ${kind}`;
  line.textContent = text;
  close.type = "button";
  close.textContent = "×";
  close.ariaLabel = document.body.dataset.close;
  close.addEventListener("click", () => box.remove());
  box.append(line, close);
  toasts.append(box);
  if (kind !== "error") setTimeout(() => box.remove(), 6000); // what went wrong stays until it was read
}

function ask(text) {
  document.getElementById("confirm-text").textContent = text;
  confirmation.returnValue = "no"; // Esc leaves the last answer standing otherwise
  confirmation.showModal();
  return new Promise((answer) => {
    confirmation.addEventListener("close", () => answer(confirmation.returnValue === "yes"), { once: true });
  });
}

// forms without htmx: <form data-confirm="…">, or a button of theirs with its own question
const agreed = new WeakSet();
document.addEventListener("submit", async (event) => {
  const form = event.target, button = event.submitter;
  const question = button?.dataset.confirm ?? form.dataset.confirm;
  if (!question || agreed.delete(form)) return;
  event.preventDefault();
  event.stopImmediatePropagation();
  if (await ask(question)) {
    agreed.add(form);
    form.requestSubmit(button);
  }
}, true);

// elements with hx-confirm
document.addEventListener("htmx:confirm", async (event) => {
  event.preventDefault();
  const { ctx, issueRequest, dropRequest } = event.detail;
  if (await ask(ctx.confirm)) issueRequest();
  else dropRequest();
});

document.addEventListener("htmx:error", () => toast(document.body.dataset.lost, "error"));
document.addEventListener("htmx:response:error", () => toast(document.body.dataset.refused, "error"));
document.addEventListener("toast", (event) => toast(event.detail.text, event.detail.kind)); // the server's HX-Trigger header

// A row that is walked to holds the focus, so the place is kept by the browser and a swap can only lose it, never falsify it.
function walk(step) {
  const at = document.activeElement?.closest("table[data-rows] > tbody > tr");
  const table = at?.closest("table") ?? document.querySelector("table[data-rows]");
  const rows = [...(table?.querySelectorAll(":scope > tbody > tr") ?? [])].filter((row) => row.checkVisibility());
  const next = at ? rows[rows.indexOf(at) + step] : rows[step > 0 ? 0 : rows.length - 1];
  if (!next) return;
  next.tabIndex = -1;
  next.focus({ preventScroll: true });
  next.scrollIntoView({ block: "nearest" });
}

function go(letter) {
  const links = [...document.querySelectorAll("nav a[data-key]")];
  (links.find((link) => link.dataset.key === letter) ?? links.find((link) => link.dataset.key.startsWith(letter)))?.click();
}

let going = 0; // when `g` was pressed
const KEYS = {
  "/": () => document.querySelector("input[type=search], [data-search]")?.focus(),
  "?": () => shortcuts?.showModal(),
  j: () => walk(1),
  k: () => walk(-1),
  g: (event) => { going = event.timeStamp; },
};

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
  if (event.target.closest?.(TYPING)) return;
  const row = event.target.closest?.("table[data-rows] > tbody > tr");
  if (event.key === "Enter" && row === event.target) {
    (row.querySelector("a[data-open]") ?? row.querySelector("a[href]"))?.click();
  } else if (going && event.timeStamp - going < 1500 && /^[a-z0-9]$/.test(event.key)) {
    going = 0;
    event.preventDefault();
    go(event.key);
  } else if (KEYS[event.key]) {
    event.preventDefault();
    KEYS[event.key](event);
  } else {
    going = 0;
  }
});

// On a narrow screen the sections are one strip: the one we are in comes into it, without moving the page.
const here = document.querySelector(".side [aria-current]"), strip = here?.closest("ul");
if (strip && strip.scrollWidth > strip.clientWidth) strip.scrollLeft = here.offsetLeft - (strip.clientWidth - here.offsetWidth) / 2;
