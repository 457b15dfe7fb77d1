// Paper is white: print a dark page in the light theme.
let shown = null;

window.addEventListener("beforeprint", () => {
  shown = document.documentElement.dataset.theme;
  document.documentElement.dataset.theme = "light";
});

window.addEventListener("afterprint", () => {
  document.documentElement.dataset.theme = shown;
});
