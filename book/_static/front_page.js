// In the front page's table of chapters: how many exercises the reader has answered rightly.

import { PAGES } from "./exported/pages.js";
import { countRight, forget } from "./progress.js";

// Add a cell to the end of a row.
function addCell(row, kind, text = "") {
  const cell = document.createElement(kind);
  cell.textContent = text;
  row.append(cell);
  return cell;
}

// Return what shows a chapter's count in a row, or null for a row without a chapter.
function counter(row) {
  const address = row.querySelector("a")?.pathname ?? "";
  const page = Object.keys(PAGES).find((name) => address.endsWith(`${name}.html`));
  if (!page) return null;
  const cell = addCell(row, "td");
  return () => {
    cell.textContent = `${countRight(PAGES[page])} of ${PAGES[page].length}`;
  };
}

function addForget(table, update) {
  const button = document.createElement("button");
  button.type = "button";
  button.textContent = "Forget my answers";
  button.addEventListener("click", () => {
    forget();
    update();
  });
  const note = document.createElement("p");
  note.className = "progress-note";
  note.append("What you answered is kept on this device alone. ", button);
  table.after(note);
}

const table = document.querySelector("main #the-pages table"); // other pages have other tables
if (table) {
  addCell(table.querySelector("thead tr"), "th", "exercises right");
  const counters = [...table.querySelectorAll("tbody tr")].map(counter).filter(Boolean);
  const update = () => counters.forEach((show) => show());
  update();
  addForget(table, update);
}
