// A document beside what was read from it: walking through the records, deciding by one key, finding a record by its place.

const TYPING = "input, textarea, select, dialog[open]";
const records = () => [...document.querySelectorAll(".records > .record")];
const here = () => document.activeElement?.closest(".record");

function stand(record) {
  if (!record) return;
  record.focus({ preventScroll: true });
  record.scrollIntoView({ block: "nearest" });
  document.getElementById(record.dataset.mark)?.scrollIntoView({ block: "nearest" });
}

function walk(step) {
  const all = records(), at = here();
  stand(at ? all[all.indexOf(at) + step] : all[step > 0 ? 0 : all.length - 1]);
}

function act(key) {
  const record = here(), on = record?.querySelector(`[data-act="${key}"]`);
  if (!on) return;
  if (key === "e") {
    on.open = true;
    on.querySelector("input")?.focus();
    return;
  }
  const all = records(), next = key === "u" ? record : all[all.indexOf(record) + 1] ?? record;
  following = next.id;
  on.click();
}

let following = ""; // where the eye goes once the decision is drawn

document.addEventListener("submit", (event) => { following ||= event.target.closest(".record")?.id ?? ""; }, true); // typed or clicked: it stays

document.addEventListener("htmx:after:swap", () => {
  if (following) stand(document.getElementById(following));
  following = "";
});

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || event.target.closest?.(TYPING)) return;
  if (event.key === "j") walk(1);
  else if (event.key === "k") walk(-1);
  else if ("aexu".includes(event.key) && !event.defaultPrevented) { // `g a` leads elsewhere
    if (event.key === "e") event.preventDefault(); // else the letter lands in the field that was just opened
    act(event.key);
  }
});

document.addEventListener("click", (event) => {
  const mark = event.target.closest("mark[data-record]");
  if (mark) stand(document.getElementById(mark.dataset.record));
});
