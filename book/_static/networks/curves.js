// Curves of several runs in two drawings, loss and accuracy over the epochs. Lines have the figure's
// colours, letters the page's, so that they fit a dark page.

const [WIDTH, HEIGHT] = [300, 190];
const [LEFT, RIGHT, TOP, BOTTOM] = [40, 8, 24, 34];
const MOST = 10; // of a loss that is drawn
const DASHES = "5 3"; // of the training's lines
export const COLOURS = [
  "var(--figure-blue, #0072b2)",
  "var(--figure-vermillion, #d55e00)",
  "var(--figure-green, #009e73)",
];

// Return SVG. Each run has `colour`, an index of COLOURS, and `points`: {epochs, trained, checked},
// where `trained` is null before the first step.
export function curves(runs) {
  const all = runs.flatMap(({ points }) => points);
  const last = Math.max(1, ...all.map(({ epochs }) => epochs));
  const highest = Math.max(1, ...all.map(({ trained, checked }) => bounded(trained, checked)));
  return (
    drawing("loss", "Loss", runs, last, ticks(highest, true), (value) => value) +
    drawing("accuracy", "Accuracy in %", runs, last, [0, 25, 50, 75, 100], (value) => 100 * value)
  );
}

// A diverging loss leaves the drawing: the rest stays readable.
function bounded(trained, checked) {
  return Math.max(...[trained?.loss, checked.loss].map((loss) => (loss < MOST ? loss : 0)));
}

function drawing(name, title, runs, last, marks, shown) {
  const top = marks.at(-1);
  const x = (epochs) => LEFT + ((WIDTH - LEFT - RIGHT) * epochs) / last;
  const y = (value) => HEIGHT - BOTTOM - ((HEIGHT - TOP - BOTTOM) * value) / top;
  const line = (points, part, attributes) => {
    const places = points
      .filter((point) => point[part] && Number.isFinite(point[part][name]))
      .map((point) => {
        const value = Math.min(shown(point[part][name]), top);
        return `${x(point.epochs).toFixed(1)},${y(value).toFixed(1)}`;
      });
    return `<polyline points="${places.join(" ")}" fill="none" stroke-width="2" ${attributes}/>`;
  };
  const lines = runs.map(({ points, colour }) => {
    const stroke = `stroke="${COLOURS[colour]}"`;
    return (
      line(points, "trained", `${stroke} stroke-dasharray="${DASHES}"`) + line(points, "checked", stroke)
    );
  });
  const letters = 'fill="currentColor" font-size="12"';
  const across = marks.map(
    (mark) =>
      `<line x1="${LEFT}" x2="${WIDTH - RIGHT}" y1="${y(mark)}" y2="${y(mark)}" ` +
      `stroke="currentColor" opacity="0.2"/>` +
      `<text x="${LEFT - 6}" y="${y(mark) + 4}" text-anchor="end" ${letters}>${mark}</text>`,
  );
  const below = ticks(last).map(
    (mark) =>
      `<text x="${x(mark)}" y="${HEIGHT - BOTTOM + 16}" text-anchor="middle" ${letters}>${mark}</text>`,
  );
  return (
    `<svg viewBox="0 0 ${WIDTH} ${HEIGHT}" aria-hidden="true">` +
    `<text x="${LEFT}" y="14" ${letters} font-weight="600">${title}</text>` +
    across.join("") +
    below.join("") +
    `<text x="${WIDTH - RIGHT}" y="${HEIGHT - 4}" text-anchor="end" ${letters}>epochs</text>` +
    `${lines.join("")}</svg>`
  );
}

// Return a few round numbers from 0 to the highest; `up` adds the next one above it.
function ticks(highest, up = false) {
  const steps = [0.25, 0.5, 1, 2, 5, 10, 20, 50, 100, 200, 500, 1000];
  const step = steps.find((one) => highest / one <= 5) ?? highest;
  const last = (up ? Math.ceil : Math.floor)(highest / step);
  return Array.from({ length: last + 1 }, (_, i) => i * step);
}
