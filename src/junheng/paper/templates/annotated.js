"use strict";
(() => {
  const text = document.getElementById("text"), aside = document.querySelector("aside");
  const tabs = [...aside.querySelectorAll("[role=tab]")], panels = [...aside.querySelectorAll("[role=tabpanel]")];
  const CALM = matchMedia("(prefers-reduced-motion: reduce)").matches ? "auto" : "smooth";
  let lit = [];

  function show(group) {
    tabs.forEach((tab) => {
      const chosen = tab.dataset.group === group;
      tab.setAttribute("aria-selected", String(chosen));
      tab.tabIndex = chosen ? 0 : -1;
    });
    panels.forEach((panel) => { panel.hidden = panel.id !== group; });
  }

  function light(record) {
    lit.forEach((one) => one.classList.remove("on"));
    const places = record ? [...text.querySelectorAll(`[data-r~="${record.id}"]`)] : [];
    lit = record ? [record, ...places] : [];
    lit.forEach((one) => one.classList.add("on"));
    return places;
  }

  function open(record) {
    show(record.closest("[role=tabpanel]").id);
    light(record);
    record.scrollIntoView({ block: "center", behavior: "auto" });
  }

  function find(record) {
    const [first] = light(record);
    if (first) first.scrollIntoView({ block: "center", behavior: CALM });
  }

  text.addEventListener("click", (event) => {
    const mark = event.target.closest("[data-r]");
    if (!mark || String(getSelection())) return; // who selects words does not ask for a record
    const keys = mark.dataset.r.split(" "), now = lit[0] ? keys.indexOf(lit[0].id) : -1;
    open(document.getElementById(keys[(now + 1) % keys.length])); // a second click opens the next record of the place
  });
  aside.addEventListener("click", (event) => {
    const tab = event.target.closest("[role=tab]"), record = event.target.closest(".record");
    if (tab) show(tab.dataset.group);
    else if (record) { event.preventDefault(); find(record); }
  });
  addEventListener("keydown", (event) => {
    const at = tabs.indexOf(event.target);
    if (event.key === "Escape") light(null);
    else if (event.key === "Enter" && event.target.matches(".record")) find(event.target);
    else if (at >= 0 && /^Arrow(Left|Right)$/.test(event.key)) {
      const next = tabs[(at + (event.key === "ArrowRight" ? 1 : tabs.length - 1)) % tabs.length];
      show(next.dataset.group);
      next.focus();
    }
  });
  show(aside.querySelector("[aria-selected=true]")?.dataset.group ?? tabs[0].dataset.group);
})();
