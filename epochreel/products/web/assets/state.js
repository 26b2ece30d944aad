// What the page shows: language, theme, the place along the recorded epochs, and the followed row.
// The address keeps it, by the epoch's own number and the sample's, both as the film counts them.

function nearest(sorted, wanted) {
  return sorted.reduce(
    (best, value, at) => (Math.abs(value - wanted) < Math.abs(sorted[best] - wanted) ? at : best), 0);
}

function startingState(data) {
  return { language: data.language, theme: data.theme, at: 0, row: null };
}

function stateOf(hash, data) {
  const said = new URLSearchParams(hash.slice(1));
  const state = startingState(data);
  if (Object.hasOwn(data.words, said.get("language"))) state.language = said.get("language");
  if (data.themes.includes(said.get("theme"))) state.theme = said.get("theme");
  const [epoch, sample] = ["epoch", "row"].map((name) => parseInt(said.get(name), 10));
  if (Number.isFinite(epoch)) state.at = nearest(data.epochs, epoch);
  const row = data.rows.indexOf(sample - 1);
  if (row >= 0) state.row = row;
  return state;
}

function hashOf(state, data) {
  const start = startingState(data);
  const said = new URLSearchParams();
  if (state.language !== start.language) said.set("language", state.language);
  if (state.theme !== start.theme) said.set("theme", state.theme);
  if (state.at !== start.at) said.set("epoch", data.epochs[state.at]);
  if (state.row !== null) said.set("row", data.rows[state.row] + 1);
  return `#${said}`;
}
