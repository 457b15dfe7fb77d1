// The widgets typeset their labels through MathJax 2's queue; the page has MathJax 3. Without this
// bridge each label raises an error (jupyter-widgets/ipywidgets#3829).
document.addEventListener("DOMContentLoaded", () => {
  if (!window.MathJax?.startup) return;
  MathJax.Hub = {
    Queue: ([, , element]) =>
      MathJax.startup.promise.then(() => MathJax.typesetPromise([element])),
  };
});
