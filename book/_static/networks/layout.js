// The HTML of the figure below the pictures to choose from; explorer.js fills it.

const button = (name, words, label = words) =>
  `<button type="button" data-edit="${name}" aria-label="${label}">${words}</button>`;
const slider = (name, words, min, max, step, value) =>
  `<label>${words} <input type="range" data-part="${name}" min="${min}" max="${max}" ` +
  `step="${step}" value="${value}"> <output>${value}</output></label>`;

export const LAYOUT = `
<div class="own-columns">
  <fieldset>
    <legend>What the network sees</legend>
    <div class="own-frame" data-part="frame" tabindex="0" role="group">
      <canvas data-part="picture" role="img"></canvas>
      <svg data-part="over" aria-hidden="true"></svg>
    </div>
    <p data-part="steps"></p>
  </fieldset>
  <fieldset>
    <legend>What it says</legend>
    <ul class="own-bars" data-part="bars"></ul>
  </fieldset>
</div>
<fieldset>
  <legend>Change the picture</legend>
  <div class="own-buttons">
    ${button("left", "←", "Shift left by one pixel")}
    ${button("right", "→", "Shift right by one pixel")}
    ${button("up", "↑", "Shift up by one pixel")}
    ${button("down", "↓", "Shift down by one pixel")}
    ${button("mirrored", "Mirror")}
    ${button("upsideDown", "Upside down")}
    ${button("turned", "Quarter turn")}
    ${button("grey", "Grey")}
    ${button("redAndBlueSwapped", "Swap red and blue")}
    ${button("undo", "Undo all")}
  </div>
  <p data-part="edits"></p>
</fieldset>
<fieldset>
  <legend>Hide a part of it</legend>
  <div class="own-controls">
    <label><input type="checkbox" data-part="square"> Grey square; drag it over the picture</label>
    ${slider("size", "Its size", 2, 16, 2, 8)}
    ${slider("row", "First row", 0, 24, 1, 12)}
    ${slider("column", "First column", 0, 24, 1, 12)}
    <button type="button" data-part="slide">Slide it everywhere</button>
  </div>
  <div class="own-frame own-small" data-part="dropFrame" hidden>
    <canvas data-part="drops" role="img"></canvas>
  </div>
  <p data-part="dropWords" aria-live="polite"></p>
</fieldset>
<fieldset>
  <legend>Look inside</legend>
  <div class="own-controls">
    <label>Layer <select data-part="layer"></select></label>
    <label>Channel <input type="number" data-part="channel" min="0" value="0"></label>
    <label><input type="checkbox" data-part="apart"> Each channel on its own scale</label>
  </div>
  <div class="own-panels">
    <div>
      <div class="own-frame own-small">
        <canvas data-part="again" role="img"></canvas>
        <svg data-part="fieldOver" aria-hidden="true"></svg>
      </div>
      <p data-part="named"></p>
    </div>
    <div>
      <div class="own-frame own-small" data-part="mapFrame" tabindex="0" role="group">
        <canvas data-part="map" role="img"></canvas>
        <svg data-part="unitOver" aria-hidden="true"></svg>
      </div>
      <p data-part="mapWords"></p>
    </div>
  </div>
  <p data-part="unitWords" aria-live="polite"></p>
  <p>All channels of the layer; click one to enlarge it.</p>
  <canvas class="own-all" data-part="all" role="img"></canvas>
</fieldset>`;
