// The figure in which a network learns: what its buttons do, and what its worker reports.

import { COLOURS, curves } from "./curves.js";
import { forget, keep, kept, NotKept } from "./kept_network.js";
import { inWords, kernels, LAYOUT, percent, picture } from "./learning_layout.js";
import { NoPicture, pictureOf } from "./picture.js";
import { startWorker } from "./watched_worker.js";
import { weightsFile } from "./weights_file.js";

const MOST_RUNS = COLOURS.length;
const FAILURES = {
  opened_as_file:
    "You opened this page as a file, so it cannot train a network. Run make serve and open the " +
    "address that it prints, or train it in the notebook.",
  runtime:
    "This browser cannot train the network: it has no WebAssembly, or the page's runtime did not " +
    "arrive. Try another browser or load the page again, or train the network in the notebook.",
  file: "The pictures or the network did not arrive. Check your connection and press Start again.",
  memory:
    "The training stopped: this device has too little memory for it. Choose a smaller batch, close " +
    "other pages, and press Start.",
  gpu:
    "The training stopped, because the GPU did: perhaps its driver restarted, or other programs " +
    "needed it. Start goes on from the last measure, on the processor.",
  lost: "The training stopped unexpectedly. Start begins it anew.",
  other: "The training stopped by a mistake of this page. Load the page again.",
};
const NO_NETWORK = "This network is no longer there: Start brings it back.";
const NO_STORE =
  "This browser refuses to keep anything for this page, as in a private window. Download the " +
  "weights instead.";

// Bring a form to life; return what does what a button's `data-do` names.
export function learn(form) {
  const part = (name) => form.querySelector(`.learn-${name}`);
  const result = part("result");
  result.innerHTML = LAYOUT;
  const runs = []; // {id, settings, colour, points}; the last one learns
  let worker = null;
  let graph = null;
  let begun = 0; // runs
  let going = false;
  let gpu = true; // whether one may be tried
  let saved = null; // weights of the last measure, from a run whose GPU stopped
  const expected = {}; // by the type of a message, who waits for it

  const say = (words) => (part("status").textContent = words);

  function hear({ type, id, ...message }) {
    if (id !== runs.at(-1)?.id && type !== "failed") return; // of a run that is over
    if (type === "measure") showMeasure(message);
    if (type === "progress") showProgress(message);
    if (type === "failed") fail(message);
    expected[type]?.(message);
    delete expected[type];
  }

  const next = (type) => new Promise((resolve) => (expected[type] = resolve));

  function ask(request, details) {
    worker ??= startWorker("training_worker.js", hear, (cause) => fail({ reason: "lost", details: cause }));
    worker.post({ request, ...details });
  }

  function fail({ reason, details, weights }) {
    console.error(details);
    if (reason !== "file") stopWorker();
    if (reason === "gpu") [gpu, saved] = [false, weights];
    if (reason !== "gpu" || isLoading()) runs.pop();
    setGoing(false);
    say(FAILURES[reason]);
  }

  function stopWorker() {
    worker?.end();
    worker = null;
  }

  function setGoing(now) {
    going = now;
    form.querySelector("[data-do=go]").textContent = going ? "Pause" : "Start";
  }

  // Nothing is to be done before the first measure of a run.
  const isLoading = () => runs.length > 0 && !runs.at(-1).points.length;

  // Return what the fields hold, or null after a sentence about what they cannot hold.
  function settings() {
    const fields = Object.fromEntries(new FormData(form));
    if (!/^\d{1,9}$/.test(fields.seed)) {
      say(`The seed is ${fields.seed || "empty"}: give a whole number from 0 to 999999999.`);
      return null;
    }
    const { network, activation, optimizer, rate, batch, seed } = fields;
    return { network, activation, optimizer, rate: +rate, batch: +batch, seed: +seed };
  }

  const isNew = (wanted) => JSON.stringify(wanted) !== JSON.stringify(runs.at(-1)?.settings);

  // Begin a run with what the fields hold. Curves of the two runs before it stay.
  async function begin(wanted, weights) {
    if (runs.at(-1)?.points.length < 2) runs.pop();
    while (runs.length >= MOST_RUNS) runs.shift();
    const taken = runs.map(({ colour }) => colour);
    const colour = COLOURS.findIndex((_, i) => !taken.includes(i));
    const id = ++begun;
    runs.push({ id, settings: wanted, colour, points: [], wentOn: Boolean(weights) });
    say("Loading the pictures and the network, and trying what computes faster …");
    ask("begin", { id, network: wanted.network, settings: wanted, weights, gpu });
    saved = null;
    const answer = await next("begun");
    graph = answer.graph;
    part("back-end").textContent = answer.backEnd;
    await next("measure");
    result.hidden = false;
    say("Ready.");
  }

  // Begin a run, unless the last one can go on.
  async function prepare(wanted) {
    if (isNew(wanted) || runs.at(-1).diverged) await begin(wanted);
    else if (!worker) await begin(wanted, saved);
  }

  function showMeasure(message) {
    const run = runs.at(-1);
    run.points.push(message);
    part("curves").innerHTML = curves(runs);
    part("runs").replaceChildren(...runs.map(legend));
    showFilters(message.filters);
    showWorst(message.worst);
    showProgress(message);
    if (!message.diverged) return;
    setGoing(false);
    say(
      "Stopped: this run diverges. Its loss is far above that of guessing, or no number. Take a " +
        "smaller learning rate and press Start.",
    );
    run.diverged = true;
  }

  function showProgress({ steps, epochs, speed }) {
    const { trained, checked } = runs.at(-1).points.at(-1); // a run begins with a measure
    const learnt = trained
      ? `training loss ${trained.loss.toFixed(3)}, ${percent(trained.accuracy)} right; `
      : "";
    const fast = speed ? ` ${Math.round(speed)} pictures per second.` : "";
    part("numbers").textContent =
      `Step ${steps}, epoch ${epochs.toFixed(2)}: ${learnt}of the 500 pictures ` +
      `${percent(checked.accuracy)} right, loss ${checked.loss.toFixed(3)}.${fast}`;
  }

  function legend({ settings: set, colour, points, wentOn, diverged }) {
    const item = document.createElement("li");
    item.style.setProperty("--run", COLOURS[colour]);
    const { epochs, checked } = points.at(-1);
    const how = wentOn ? ", went on with kept weights" : "";
    const end = diverged ? ", diverged" : "";
    item.textContent =
      `${inWords(set)}${how}: after ${epochs.toFixed(1)} epochs ` +
      `${percent(checked.accuracy)} of the 500 right${end}`;
    return item;
  }

  function showFilters(filters) {
    const [height, width, , count] = filters.shape;
    part("filters").setAttribute("aria-label", `${count} kernels of ${height}×${width}, in colours`);
    part("filters").replaceChildren(...kernels(filters));
  }

  function showWorst(worst) {
    const items = worst.map(({ pixels, label, answer, probability }) => {
      const item = document.createElement("li");
      const words = document.createElement("span");
      words.textContent = `${graph.classes[label]} ${percent(probability)}, answered ${graph.classes[answer]}`;
      item.append(picture(pixels), words);
      return item;
    });
    part("worst").replaceChildren(...items);
  }

  const weights = () => {
    const answer = next("weights");
    ask("weights");
    return answer;
  };

  const ACTIONS = {
    async go() {
      if (going) return ACTIONS.pause();
      const wanted = settings();
      if (!wanted || isLoading()) return;
      setGoing(true);
      await prepare(wanted);
      if (!going) return;
      say("Learning …");
      ask("go");
    },
    pause() {
      setGoing(false);
      if (runs.at(-1)?.points.length) ask("pause");
      say("Paused.");
    },
    async step() {
      const wanted = settings();
      if (!wanted || isLoading()) return;
      setGoing(false);
      await prepare(wanted);
      say("One step.");
      ask("step");
    },
    async reset() {
      const wanted = settings();
      setGoing(false);
      if (wanted && !isLoading()) await begin(wanted);
    },
    // The reader chose something else.
    changed() {
      if (!runs.length || isLoading()) return;
      if (going) ACTIONS.pause();
      const wanted = settings();
      if (wanted && isNew(wanted)) say("Other settings: Start begins a new run beside this one.");
    },
    clear() {
      runs.splice(0, runs.length - 1);
      part("curves").innerHTML = curves(runs);
      part("runs").replaceChildren(...runs.map(legend));
    },
    async keep() {
      const { weights: values, measure } = await weights();
      const { settings: set } = runs.at(-1);
      const { epochs, checked } = measure;
      await keep(set.network, { settings: set, weights: values, epochs, accuracy: checked.accuracy });
      say(`Kept on this device: ${inWords(set)}, ${percent(checked.accuracy)} of the 500 right.`);
    },
    async kept() {
      const { network } = Object.fromEntries(new FormData(form));
      const found = isLoading() ? null : await kept(network);
      if (!found) return say(`No ${network} is kept on this device.`);
      for (const [name, value] of Object.entries(found.settings)) {
        form.elements.namedItem(name).value = value;
      }
      setGoing(false);
      await begin(found.settings, found.weights);
      say(
        `This ${network} was kept: ${percent(found.accuracy)} of the 500 right. Start goes on with ` +
          "its weights; the optimizer's memory and the order of the pictures begin anew.",
      );
    },
    async forget() {
      const { network } = Object.fromEntries(new FormData(form));
      await forget(network);
      say(`No ${network} is kept on this device any more.`);
    },
    async download() {
      const { settings: set } = runs.at(-1);
      const bytes = await weightsFile(set.network, (await weights()).weights);
      const link = document.createElement("a");
      link.href = URL.createObjectURL(new Blob([bytes]));
      link.download = `${set.network}.weights.h5`;
      link.click();
      setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
      say(
        `In the notebook: model = models.build_model("${set.network}", ` +
          `activation="${set.activation}"); model.load_weights("${link.download}")`,
      );
    },
    async show({ file }) {
      const { pixels, done } = await pictureOf(file, graph.input[0]);
      const answer = next("answer");
      ask("answer", { pixels: Uint8ClampedArray.from(pixels) });
      const { probabilities } = await answer;
      const best = [...probabilities.keys()].sort((a, b) => probabilities[b] - probabilities[a]);
      const list = best.slice(0, 3).map((i) => `${graph.classes[i]} ${percent(probabilities[i])}`);
      const words = document.createElement("p");
      words.textContent =
        `${list.join(", ")}. It knows only these figures: ${graph.classes.join(", ")}. ` +
        `${done.join("; ")}${done.length ? ". " : ""}The picture did not leave this page.`;
      part("answer").replaceChildren(picture(pixels), words);
    },
  };

  addEventListener("pagehide", () => going && ACTIONS.pause());

  return async (what, details) => {
    if (location.protocol === "file:") return say(FAILURES.opened_as_file);
    if (["keep", "download", "show"].includes(what) && !worker) return say(NO_NETWORK);
    try {
      await ACTIONS[what](details);
    } catch (error) {
      if (!(error instanceof NoPicture || error instanceof NotKept)) console.error(error);
      say(error instanceof NotKept ? NO_STORE : error.message);
    }
  };
}
