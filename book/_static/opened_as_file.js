// A page opened as a file cannot load the modules that judge answers, compute figures and run networks:
// say so where they are asked.
document.addEventListener("DOMContentLoaded", () => {
  if (location.protocol !== "file:") return;
  const say = (element, does, otherwise) => {
    const note = document.createElement("p");
    note.textContent =
      `You opened this page as a file, so it cannot ${does}. Run make serve and open the address ` +
      `that it prints, or ${otherwise} in the notebook.`;
    element.after(note);
  };
  for (const heading of document.querySelectorAll("#predict > h2, #exercises > h2")) {
    say(heading, "judge answers", "answer");
  }
  for (const figure of document.querySelectorAll("form.own-numbers")) {
    say(figure, "compute this figure for other numbers", "change them");
  }
  for (const figure of document.querySelectorAll("form.own-picture")) {
    say(figure, "run a network", "run it");
  }
  for (const figure of document.querySelectorAll("form.learn")) {
    say(figure, "train a network", "train it");
  }
});
