// All that is said in words and changes with the language, the theme or the record, not the epoch.

function drawWords(state, data) {
  const words = data.words[state.language];
  document.documentElement.lang = state.language;
  document.documentElement.dataset.theme = state.theme;
  document.title = words.lesson;
  say(byId("lesson"), words.lesson);
  say(byId("courses"), words.courses.join(" · "));
  for (const element of document.querySelectorAll("[data-word]")) say(element, words[element.dataset.word]);
  const heads = data.classes
    ? { predictions: words.probability, targets: words.true_class, residuals: words.predicted_class }
    : { targets: data.target && `${words.targets}: ${data.target}` };
  for (const [name, text] of Object.entries({ inputs: data.feature, ...heads })) {
    if (text) say(document.querySelector(`th[data-word="${name}"]`), text);
  }
  for (const element of document.querySelectorAll("[data-label]")) {
    element.setAttribute("aria-label", words[element.dataset.label]);
  }
  for (const button of document.querySelectorAll("[data-language]")) {
    button.setAttribute("aria-pressed", button.dataset.language === state.language);
  }
  for (const button of document.querySelectorAll("[data-theme-name]")) {
    button.setAttribute("aria-pressed", button.dataset.themeName === state.theme);
  }
  drawNotes(words, data);
}

// Which of several inputs and outputs the table is about.
function component(words, data) {
  if (!data.classes) return data.single ? "" : words.component;
  return data.inputCount > 1 ? filled(words.first_input, { count: data.inputCount }) : "";
}

// What the page leaves out or draws smaller than it is, and where the training ended.
function drawNotes(words, data) {
  const counts = { shown: data.rows.length, count: data.samples };
  const notes = [data.rows.length < data.samples ? filled(words.selection, counts) : "",
    component(words, data),
    data.shortened === null ? "" : filled(words.shortened, { value: data.shortened })];
  say(byId("width-scale"), data.narrowed === null ? words.width_scale
    : filled(words.narrowed, { value: data.narrowed }));
  const dense = data.widths.length - 1;
  const said = {
    dense: dense < data.layers ? filled(words.dense, { shown: dense, count: data.layers }) : "",
    selection: notes.filter(Boolean).join("  "),
    kept: data.epochs.length < data.recorded
      ? filled(words.kept, { shown: data.epochs.length, count: data.recorded }) : "",
    diverged: data.divergedAt === null ? "" : filled(words.diverged, { epoch: data.divergedAt }),
  };
  for (const [id, text] of Object.entries(said)) {
    say(byId(id), text);
    byId(id).hidden = !text;
  }
}
