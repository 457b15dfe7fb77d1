// The reader's camera, frame by frame.

import { NoPicture, pictureOfFrame } from "./picture.js";

const REFUSED =
  "The camera was refused. Allow it for this page in the browser's settings, or choose a picture.";
const NO_CAMERA = "No camera answers. Close what else uses it, or choose a picture.";

// Hand over one frame after the other, each when `take` is done with the one before it. Return what
// stops the camera; it also stops when the reader leaves the page.
export async function watch(side, take) {
  const stream = await opened();
  const video = Object.assign(document.createElement("video"), { muted: true, playsInline: true });
  video.srcObject = stream;
  let on = true;

  function stop() {
    on = false;
    stream.getTracks().forEach((track) => track.stop());
    document.removeEventListener("visibilitychange", stop);
    window.removeEventListener("pagehide", stop);
  }

  async function follow() {
    while (on) {
      await new Promise((resolve) => requestAnimationFrame(resolve));
      const { videoWidth: width, videoHeight: height } = video;
      if (on && width) await take(pictureOfFrame(video, width, height, side));
    }
  }

  document.addEventListener("visibilitychange", stop);
  window.addEventListener("pagehide", stop);
  await video.play();
  return { stop, ended: follow() };
}

async function opened() {
  try {
    const wanted = { facingMode: "environment", width: 640, height: 480 };
    return await navigator.mediaDevices.getUserMedia({ video: wanted });
  } catch (error) {
    throw new NoPicture(error.name === "NotAllowedError" ? REFUSED : NO_CAMERA);
  }
}
