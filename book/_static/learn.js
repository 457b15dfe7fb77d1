// A network that learns in the page: lessons_src/interactive/learn.py writes the form. All that
// trains loads with the first press of a button, from networks/learn.js.

const UNABLE = "The page's scripts did not arrive. Check your connection and press the button again.";

document.querySelectorAll("form.learn").forEach(activate);

function activate(form) {
  let figure = null;

  async function act(what, details) {
    try {
      figure ??= import("./networks/learn.js").then(({ learn }) => learn(form));
      await (await figure)(what, details);
    } catch (error) {
      console.error(error);
      figure = null;
      form.querySelector(".learn-status").textContent = UNABLE;
    }
  }

  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("click", ({ target }) => {
    const button = target.closest("[data-do]");
    if (button) act(button.dataset.do);
  });
  form.addEventListener("change", ({ target }) => {
    if (target.name === "network") suggest(form, target.dataset.activation);
    if (target.name && figure) act("changed");
    if (target.type === "file" && target.files.length) {
      act("show", { file: target.files[0] });
      target.value = ""; // so that the same file can be given again
    }
  });
  form.dataset.live = "";
}

// Choose the activation that a network has in the book.
function suggest(form, activation) {
  form.elements.namedItem("activation").value = activation;
}
