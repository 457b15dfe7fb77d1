// Interactive figures without a kernel: lessons_src/interactive/form.py writes the controls and, into
// a template, a frame for each of their combinations. Nothing in the template loads before the first
// move. No module, so that figures answer in a page opened as a file, too.
document.addEventListener("DOMContentLoaded", () => {
  for (const form of document.querySelectorAll("form.explorer")) followControls(form);
});

function followControls(form) {
  const controls = [...form.querySelectorAll("fieldset, input[type=range]")];
  const frames = form.querySelector("template").content.children;
  const order = JSON.parse(form.dataset.order);
  const shown = form.querySelector(".frame");

  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("input", () => {
    controls.forEach(tellPosition);
    show(frames[order[controls.reduce((sum, control) => sum * sizeOf(control) + indexOf(control), 0)]]);
  });

  // Show a frame once it has arrived, unless the reader has moved on.
  async function show(frame) {
    const copy = document.importNode(frame, true); // a copy of the template's own loads nothing
    form.wanted = copy;
    await Promise.allSettled([copy, ...copy.querySelectorAll("img")].map(arrived));
    if (form.wanted !== copy) return;
    shown.replaceChildren(copy);
    for (const image of form.querySelector("template").content.querySelectorAll("img")) {
      new Image().src = image.src; // the reader will ask for the others, too
    }
  }
}

function sizeOf(control) {
  return control.matches("fieldset") ? control.querySelectorAll("input").length : Number(control.max) + 1;
}

function indexOf(control) {
  return Number(control.matches("fieldset") ? control.querySelector(":checked").value : control.value);
}

// Write beside a slider what it stands at.
function tellPosition(control) {
  if (!control.dataset.labels) return;
  const label = JSON.parse(control.dataset.labels)[control.value];
  control.setAttribute("aria-valuetext", label);
  control.parentElement.querySelector("output").textContent = label;
}

function arrived(element) {
  if (!element.matches("img")) return null;
  element.loading = "eager";
  return element.decode();
}
