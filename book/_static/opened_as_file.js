// A page opened as a file cannot load the modules that judge answers: say so where they are asked.
document.addEventListener("DOMContentLoaded", () => {
  const heading = document.querySelector("#exercises > h2");
  if (location.protocol !== "file:" || !heading) return;
  const note = document.createElement("p");
  note.textContent =
    "You opened this page as a file, so it cannot judge answers. Run make serve and open the " +
    "address that it prints, or answer in the notebook.";
  heading.after(note);
});
