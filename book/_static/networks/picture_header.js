// What the first bytes of a picture's file tell, before anything is decoded: {width, height}, and
// where they hold for it `frames`, `bits` per channel above 8, `orientation` as EXIF counts it, and
// `mode` as Pillow calls it. Returns {} for other formats.

export function headerOf(bytes) {
  try {
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    const format = FORMATS.find(({ begins }) => begins(bytes, view));
    return format ? format.read(view) : {};
  } catch (error) {
    if (error instanceof RangeError) return {}; // the file ends before its header does
    throw error;
  }
}

const FORMATS = [
  { begins: (_, view) => view.getUint32(0) === 0x89504e47, read: png },
  { begins: (_, view) => view.getUint16(0) === 0xffd8, read: jpeg },
  { begins: (bytes) => text(bytes, 0, 4) === "GIF8", read: gif },
  { begins: (bytes) => text(bytes, 0, 4) === "RIFF" && text(bytes, 8, 4) === "WEBP", read: webp },
];

function text(view, start, length) {
  const { buffer, byteOffset } = view;
  return String.fromCharCode(...new Uint8Array(buffer, byteOffset + start, length));
}

function png(view) {
  const [bits, colour] = [view.getUint8(24), view.getUint8(25)];
  const mode = { 0: bits === 1 ? "1" : "L", 2: "RGB", 3: "P", 4: "LA", 6: "RGBA" }[colour];
  const found = { width: view.getUint32(16), height: view.getUint32(20), mode };
  if (bits === 16) found.bits = 16;
  for (let at = 8; at + 8 <= view.byteLength; at += view.getUint32(at) + 12) {
    const kind = text(view, at + 4, 4);
    if (kind === "acTL") found.frames = view.getUint32(at + 8);
    if (kind === "eXIf") found.orientation = orientation(view, at + 8);
  }
  return found;
}

function jpeg(view) {
  const found = {};
  for (let at = 2; at + 4 <= view.byteLength; at += 2 + view.getUint16(at + 2)) {
    while (view.getUint8(at) === 0xff && view.getUint8(at + 1) === 0xff) at++; // fill bytes
    const marker = view.getUint8(at + 1);
    if (marker === 0xe1 && text(view, at + 4, 6) === "Exif\0\0" && !found.orientation) {
      found.orientation = orientation(view, at + 10);
    }
    const isFrame = marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker);
    if (isFrame) {
      const [height, width] = [view.getUint16(at + 5), view.getUint16(at + 7)];
      const mode = { 1: "L", 4: "CMYK" }[view.getUint8(at + 9)] ?? "RGB";
      return { ...found, width, height, mode };
    }
  }
  return {};
}

// EXIF data are a small TIFF file: the tag 0x0112 of its first list holds the orientation.
function orientation(view, start) {
  const little = text(view, start, 2) === "II";
  const list = start + view.getUint32(start + 4, little);
  const count = view.getUint16(list, little);
  for (let entry = list + 2; entry < list + 2 + 12 * count; entry += 12) {
    if (view.getUint16(entry, little) === 0x0112) return view.getUint16(entry + 8, little);
  }
  return 1;
}

function gif(view) {
  const found = { width: view.getUint16(6, true), height: view.getUint16(8, true), mode: "P" };
  const sizeOf = (flags) => (flags & 0x80 ? 3 * 2 ** ((flags & 7) + 1) : 0);
  const skipBlocks = (at) => {
    while (view.getUint8(at)) at += view.getUint8(at) + 1;
    return at + 1;
  };
  if (isGrey(view, 13, sizeOf(view.getUint8(10)))) found.mode = "L";
  let at = 13 + sizeOf(view.getUint8(10));
  found.frames = 0;
  while (at < view.byteLength && view.getUint8(at) !== 0x3b) {
    if (view.getUint8(at) === 0x21) at = skipBlocks(at + 2);
    else {
      found.frames++;
      at = skipBlocks(at + 11 + sizeOf(view.getUint8(at + 9)));
    }
  }
  return found;
}

// Pillow takes a palette whose colours are 0, 1, 2, … in all channels for grey.
function isGrey(view, start, size) {
  for (let i = 0; i < size; i++) {
    if (view.getUint8(start + i) !== Math.floor(i / 3)) return false;
  }
  return size > 0;
}

function webp(view) {
  const kind = text(view, 12, 4);
  if (kind === "VP8 ") {
    return { width: view.getUint16(26, true) & 0x3fff, height: view.getUint16(28, true) & 0x3fff };
  }
  if (kind === "VP8L") {
    const sizes = view.getUint32(21, true);
    return { width: (sizes & 0x3fff) + 1, height: ((sizes >>> 14) & 0x3fff) + 1 };
  }
  const three = (at) => view.getUint16(at, true) + 2 ** 16 * view.getUint8(at + 2);
  const found = { width: three(24) + 1, height: three(27) + 1, frames: 0 };
  for (let at = 12; at + 8 <= view.byteLength; ) {
    const size = view.getUint32(at + 4, true);
    if (text(view, at, 4) === "ANMF") found.frames++;
    if (text(view, at, 4) === "EXIF") {
      found.orientation = orientation(view, at + 8 + (text(view, at + 8, 6) === "Exif\0\0" ? 6 : 0));
    }
    at += 8 + size + (size % 2);
  }
  return found;
}
