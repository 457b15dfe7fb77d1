// The network that a reader trained, kept on the reader's device: one for each of the book's networks.

const DATABASE = "course-networks";
const STORE = "trained";

export class NotKept extends Error {}

// Return what is kept of a network: {settings, weights, epochs, accuracy}; undefined if nothing is.
export function kept(network) {
  return inStore("readonly", (store) => store.get(network));
}

export function keep(network, trained) {
  return inStore("readwrite", (store) => store.put(trained, network));
}

export function forget(network) {
  return inStore("readwrite", (store) => store.delete(network));
}

// A browser may refuse: in a private window, or where the device is full.
async function inStore(mode, act) {
  try {
    const database = await answered(opened());
    try {
      return await answered(act(database.transaction(STORE, mode).objectStore(STORE)));
    } finally {
      database.close();
    }
  } catch (error) {
    throw new NotKept(error?.message);
  }
}

function opened() {
  const request = indexedDB.open(DATABASE, 1);
  request.onupgradeneeded = () => request.result.createObjectStore(STORE);
  return request;
}

function answered(request) {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}
