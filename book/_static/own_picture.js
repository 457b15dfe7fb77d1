// A network that looks at the reader's picture: lessons_src/interactive/own_picture.py writes the
// form. All that runs a network loads with the first picture, from networks/explorer.js.

const UNABLE = "The page's scripts did not arrive. Check your connection and load the page again.";

document.querySelectorAll("form.own-picture").forEach(activate);

function activate(form) {
  let explorer = null;

  // Hand what the reader gives to the figure: {sample}, {file} or {camera: true}.
  async function give(given) {
    try {
      explorer ??= import("./networks/explorer.js").then(({ explore }) => explore(form));
      (await explorer)(given);
    } catch (error) {
      console.error(error);
      explorer = null;
      form.querySelector(".own-status").textContent = UNABLE;
    }
  }

  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("click", ({ target }) => {
    const sample = target.closest("[data-sample]");
    if (sample) give({ sample });
    if (target.closest("[data-camera]")) give({ camera: true });
  });
  form.querySelector("input[type=file]").addEventListener("change", ({ target }) => {
    if (target.files.length) give({ file: target.files[0] });
    target.value = ""; // so that the same file can be given again
  });
  form.addEventListener("dragover", (event) => event.preventDefault());
  form.addEventListener("drop", (event) => {
    event.preventDefault();
    if (event.dataTransfer.files.length) give({ file: event.dataTransfer.files[0] });
  });
  document.addEventListener("paste", ({ clipboardData, target }) => {
    const elsewhere = target.closest?.("input, textarea") && !form.contains(target);
    if (clipboardData.files.length && !elsewhere) give({ file: clipboardData.files[0] });
  });
  offerCamera(form.querySelector("[data-camera]"));
  form.dataset.live = "";
}

async function offerCamera(button) {
  const devices = (await navigator.mediaDevices?.enumerateDevices?.()) ?? [];
  button.hidden = !devices.some(({ kind }) => kind === "videoinput");
}
