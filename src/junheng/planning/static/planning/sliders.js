// A slider beside every <input type="number" data-slider>: either moves the other; without this script the number is typed.
for (const number of document.querySelectorAll("input[data-slider]")) {
  const slider = document.createElement("input"), both = document.createElement("div");
  slider.type = "range";
  for (const name of ["min", "max", "step", "value"]) slider[name] = number[name];
  slider.ariaLabel = number.labels[0]?.textContent.trim() ?? "";
  slider.addEventListener("input", () => { number.value = slider.value; });
  number.addEventListener("input", () => { slider.value = number.value; });
  number.form.addEventListener("reset", () => { slider.value = number.defaultValue; });
  both.className = "row";
  slider.style.flex = "1";
  number.style.width = "6.5rem";
  number.replaceWith(both);
  both.append(slider, number);
}
