// Keras' file of a network's weights. Keras wrote it with zeros when the site was built; the page
// puts the trained weights where each has its place: lessons_src/page_networks/learning.py.

import { json, unpacked } from "./learning_files.js";
import { parametersOf } from "./training.js";

const FOLDER = new URL("learn/", import.meta.url);

// Return the bytes that `model.load_weights` reads. `weights` holds all of them in one array.
export async function weightsFile(network, weights) {
  const [{ graph, places }, bytes] = await Promise.all([
    json(new URL(`${network}.json`, FOLDER)),
    unpacked(new URL(`${network}.h5.gz`, FOLDER)),
  ]);
  const view = new DataView(bytes.buffer);
  for (const { key, offset, size } of parametersOf(graph)) {
    for (let i = 0; i < size; i++) view.setFloat32(places[key] + 4 * i, weights[offset + i], true);
  }
  return bytes;
}
