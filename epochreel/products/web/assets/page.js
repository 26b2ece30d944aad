// The page: one state, and parts that draw it.

const LEAST_WIDTH = 120;  // pixels of a drawing, also where the window has none

const data = held("data");
let state = stateOf(location.hash, data);

const film = makeFilm(data, byId("film"), byId("told"));
const history = makeHistory(data, byId("history"));
const onWeight = (matrix, weight, by) => history.show(matrix, weight, by, state);
const network = makeNetwork(data, byId("network").querySelector(".drawn"), onWeight);
const matrices = makeMatrices(data, byId("matrices"), onWeight);
const rows = makeRows(data, byId("rows").querySelector("tbody"),
  (row) => change({ row: state.row === row ? null : row }));
const curve = makeCurve(data, byId("curve").querySelector(".drawn"),
  (epoch) => goTo(nearest(data.epochs, epoch)));
const player = makePlayer(data, (at) => change({ at }), () => drawControls());

function goTo(at) {
  player.stop();
  change({ at });
}

function change(changes) {
  state = { ...state, ...changes };
  if ("language" in changes || "theme" in changes) drawAll();
  else draw();
  keepAddress();
}

// Browsers refuse an address that changes with every frame.
let waiting = null;
function keepAddress() {
  waiting ??= setTimeout(() => {
    waiting = null;
    window.history.replaceState(null, "", hashOf(state, data));
  }, 250);
}

function drawControls() {
  const words = data.words[state.language];
  const epoch = data.epochs[state.at];
  const loss = printed(data.losses[state.at], data.tiny);
  say(byId("play"), player.playing() ? words.pause : words.play);
  say(byId("reading-epoch"), `${words.epoch} = ${epoch}`);
  say(byId("reading-loss"), `${words.loss} = ${loss}`);
  byId("slider").value = state.at;
  byId("slider").setAttribute("aria-valuetext", filled(words.state, { epoch, loss }));
  // Nobody could listen to a sentence for each frame.
  byId("followed").setAttribute("aria-live", player.playing() ? "off" : "polite");
}

function draw() {
  const words = data.words[state.language];
  drawControls();
  for (const part of [network, matrices, rows, curve, history]) part.draw(state, words);
  const unknown = state.row !== null && data.outputs.includes(null);
  say(byId("followed"), [rows.told(state, words), unknown ? words.unknown_outputs : ""].join(" ").trim());
}

// What only another language or theme changes is not drawn with every frame.
function drawAll() {
  drawWords(state, data);
  film.draw(state);
  draw();
}

function fit() {
  for (const [part, id] of [[network, "network"], [curve, "curve"]]) {
    part.build(Math.max(LEAST_WIDTH, byId(id).querySelector(".drawn").clientWidth));
  }
}

byId("slider").max = data.epochs.length - 1;
byId("slider").addEventListener("input", (event) => goTo(Number(event.target.value)));
byId("back").addEventListener("click", () => goTo(Math.max(0, state.at - 1)));
byId("on").addEventListener("click", () => goTo(Math.min(data.epochs.length - 1, state.at + 1)));
byId("play").addEventListener("click", () => player.toggle(state.at));
for (const id of ["back", "play", "on", "slider"]) byId(id).disabled = data.epochs.length === 1;
for (const [language, name] of Object.entries(data.languages)) {
  const button = html("button", { type: "button", lang: language, "data-language": language }, name);
  button.addEventListener("click", () => change({ language }));
  byId("languages").append(button);
}
for (const button of document.querySelectorAll("[data-theme-name]")) {
  button.addEventListener("click", () => change({ theme: button.dataset.themeName }));
}
window.addEventListener("hashchange", () => {
  player.stop();
  state = stateOf(location.hash, data);
  drawAll();
});
window.addEventListener("resize", () => { fit(); draw(); });
document.addEventListener("keydown", (event) => {
  if (event.key === "Escape") onWeight(null);
});
// A finger that was lifted is still on what it tapped, until it taps elsewhere.
document.addEventListener("pointerdown", (event) => {
  if (!event.target.closest(".reach, #matrices button")) onWeight(null);
});
document.addEventListener("scroll", history.place, true);
fit();
drawAll();
