// Columns of the shown samples: input, prediction, truth, and the residual as a bar; or of classes
// the true one with its probability, and the predicted one.

const RIGHT = "✓";
const WRONG = "✗";

const BAR = { width: 200, height: 18, thinnest: 1, head: 14 };

function residualBar() {
  const bar = svg("rect", { y: 2, height: BAR.height - 4 });
  const head = svg("path");
  const middle = BAR.width / 2;
  const axis = svg("line", { x1: middle, x2: middle, y1: 0, y2: BAR.height });
  const frame = { viewBox: `0 0 ${BAR.width} ${BAR.height}`, preserveAspectRatio: "none" };
  const picture = svg("svg", { ...frame, "aria-hidden": "true" }, bar, head, axis);

  // As long as its share of the room; what goes on beyond it ends in an arrow's head.
  function draw(share) {
    const goesOn = Math.abs(share) > 1;
    const full = goesOn ? middle - BAR.head : Math.abs(share) * middle;
    const length = share && Math.max(full, BAR.thinnest);
    const [neck, tip] = share < 0 ? [BAR.head, 0] : [BAR.width - BAR.head, BAR.width];
    for (const part of [bar, head]) part.setAttribute("class", share >= 0 ? "positive" : "negative");
    bar.setAttribute("x", middle - (share < 0 ? length : 0));
    bar.setAttribute("width", length);
    head.setAttribute("d", goesOn ? `M${neck} 0L${tip} ${BAR.height / 2}L${neck} ${BAR.height}Z` : "");
  }

  return { picture, draw };
}

function makeRows(data, body, onPick) {
  const { classes } = data;
  const predictions = data.predictions ?? data.outputs.at(-1).map((state) => state.map(([first]) => first));
  const input = (row) => inNotation(data.inputs[row][0], data.notations.inputs);
  const prediction = (at, row) => inNotation(predictions[at][row], data.notations.predictions);
  const truth = (row) => (classes ? data.targets[row] : inNotation(data.targets[row], data.notations.targets));
  const predicted = (at, row) => classes[data.predicted[at][row]];
  const room = [
    roomFor(data.rows.map((_, row) => input(row))),
    roomFor(predictions.flatMap((state, at) => state.map((_, row) => prediction(at, row)))),
    classes ? { decimals: 0, characters: 1 } : roomFor(data.rows.map((_, row) => truth(row))),
  ];
  const rows = data.rows.map((sample, at) => {
    const bar = classes ? null : residualBar();
    const pick = html("button", { type: "button" }, aligned(input(at), room[0].decimals));
    const said = html("td", { class: "prediction" });
    const target = html("td", { class: "truth" },
      classes ? truth(at) : aligned(truth(at), room[2].decimals));
    const residual = html("span", { class: classes ? "" : "heard" });
    const last = html("td", { class: classes ? "predicted" : "residual" },
      ...(bar ? [bar.picture] : []), residual);
    const line = html("tr", {}, html("th", { scope: "row" }, pick), said, target, last);
    [pick, said, target].forEach((cell, column) => {
      cell.style.minWidth = `${room[column].characters}ch`;
    });
    line.addEventListener("click", () => onPick(at));
    return { sample, pick, said, bar, residual, line };
  });
  reachedByArrows(rows.map((row) => row.pick), 1);
  const lines = rows.map((row) => row.line);
  if (data.rows.length < data.samples) {
    lines.splice(data.rows.length / 2, 0, html("tr", {}, html("td", { colspan: 4, class: "left-out" }, "⋮")));
  }
  body.append(...lines);

  function draw(state, words) {
    rows.forEach((row, at) => {
      say(row.said, aligned(prediction(state.at, at), room[1].decimals));
      if (classes) {
        const name = predicted(state.at, at);
        // Of classes with one name only the places tell whether it is the true one.
        const isRight = data.predicted[state.at][at] === data.trueClasses[at];
        say(row.residual, `${name} ${isRight ? RIGHT : WRONG}`);
      } else {
        say(row.residual, printed(data.targets[at] - predictions[state.at][at], data.tiny));
        row.bar.draw(data.bars[state.at][at] / 1000);
      }
      row.pick.setAttribute("aria-pressed", at === state.row);
      row.pick.setAttribute("aria-label",
        filled(words.follow, { number: row.sample + 1, x: input(at) }));
      row.line.classList.toggle("picked", at === state.row);
    });
  }

  function told(state, words) {
    if (state.row === null) return words.pick;
    const number = data.rows[state.row] + 1;
    const values = {
      number,
      x: input(state.row),
      prediction: prediction(state.at, state.row),
      truth: truth(state.row),
    };
    if (classes) {
      return filled(words.followed_class, { ...values, predicted: predicted(state.at, state.row) });
    }
    const said = filled(words.followed, values);
    return data.single ? said : `${said} (${words.component})`;
  }

  return { draw, told };
}
