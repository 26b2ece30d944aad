// The page: one state, and parts that draw it.

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
  draw();
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

function drawWords(words) {
  document.documentElement.lang = state.language;
  document.documentElement.dataset.theme = state.theme;
  document.title = words.lesson;
  say(byId("lesson"), words.lesson);
  say(byId("courses"), words.courses.join(" · "));
  for (const element of document.querySelectorAll("[data-word]")) say(element, words[element.dataset.word]);
  for (const element of document.querySelectorAll("[data-label]")) {
    element.setAttribute("aria-label", words[element.dataset.label]);
  }
  for (const button of document.querySelectorAll("[data-language]")) {
    button.setAttribute("aria-pressed", button.dataset.language === state.language);
  }
  for (const button of document.querySelectorAll("[data-theme-name]")) {
    button.setAttribute("aria-pressed", button.dataset.themeName === state.theme);
  }
}

function drawNotes(words) {
  const notes = [];
  if (data.rows.length < data.samples) {
    notes.push(filled(words.selection, { shown: data.rows.length, count: data.samples }));
  }
  if (!data.single) notes.push(words.component);
  say(byId("selection"), notes.join("  "));
  say(byId("kept"), filled(words.kept, { shown: data.epochs.length, count: data.recorded }));
  byId("kept").hidden = data.epochs.length === data.recorded;
  say(byId("diverged"), filled(words.diverged, { epoch: data.divergedAt }));
  byId("diverged").hidden = data.divergedAt === null;
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
}

function draw() {
  const words = data.words[state.language];
  drawWords(words);
  drawNotes(words);
  drawControls();
  for (const part of [film, network, matrices, rows, curve, history]) part.draw(state, words);
  const unknown = state.row !== null && data.outputs.includes(null);
  say(byId("followed"), [rows.told(state, words), unknown ? words.unknown_outputs : ""].join(" ").trim());
}

function fit() {
  for (const [part, id] of [[network, "network"], [curve, "curve"]]) {
    part.build(byId(id).querySelector(".drawn").clientWidth);
  }
}

byId("slider").max = data.epochs.length - 1;
byId("slider").addEventListener("input", (event) => goTo(Number(event.target.value)));
byId("back").addEventListener("click", () => goTo(Math.max(0, state.at - 1)));
byId("on").addEventListener("click", () => goTo(Math.min(data.epochs.length - 1, state.at + 1)));
byId("play").addEventListener("click", () => player.toggle(state.at));
for (const button of document.querySelectorAll("[data-language]")) {
  button.addEventListener("click", () => change({ language: button.dataset.language }));
}
for (const button of document.querySelectorAll("[data-theme-name]")) {
  button.addEventListener("click", () => change({ theme: button.dataset.themeName }));
}
window.addEventListener("hashchange", () => {
  player.stop();
  state = stateOf(location.hash, data);
  draw();
});
window.addEventListener("resize", () => { fit(); draw(); });
document.addEventListener("keydown", (event) => {
  if (event.key === "Escape") onWeight(null);
});
document.addEventListener("scroll", history.place, true);
fit();
draw();
