// Columns of the shown samples: input, prediction, truth, and the residual as a bar.

const BAR = { width: 200, height: 18, thinnest: 1 };

function residualBar() {
  const bar = svg("rect", { y: 2, height: BAR.height - 4 });
  const middle = BAR.width / 2;
  const axis = svg("line", { x1: middle, x2: middle, y1: 0, y2: BAR.height });
  const frame = { viewBox: `0 0 ${BAR.width} ${BAR.height}`, preserveAspectRatio: "none" };
  return { bar, picture: svg("svg", { ...frame, "aria-hidden": "true" }, bar, axis) };
}

function makeRows(data, body, onPick) {
  const predictions = data.outputs.at(-1);
  const first = (at, row) => predictions[at][row][0];
  const room = [
    roomFor(data.inputs.map((units) => printed(units[0]))),
    roomFor(predictions.flatMap((state) => state.map((units) => printed(units[0])))),
    roomFor(data.targets.map((target) => printed(target))),
  ];
  const rows = data.rows.map((sample, at) => {
    const { bar, picture } = residualBar();
    const pick = html("button", { type: "button" }, aligned(printed(data.inputs[at][0]), room[0].decimals));
    const prediction = html("td", { class: "prediction" });
    const truth = html("td", { class: "truth" }, aligned(printed(data.targets[at]), room[2].decimals));
    const residual = html("span", { class: "heard" });
    const line = html("tr", {}, html("th", { scope: "row" }, pick), prediction, truth,
      html("td", { class: "residual" }, picture, residual));
    [pick, prediction, truth].forEach((cell, column) => {
      cell.style.minWidth = `${room[column].characters}ch`;
    });
    line.addEventListener("click", () => onPick(at));
    return { sample, pick, prediction, bar, residual, line };
  });
  reachedByArrows(rows.map((row) => row.pick), 1);
  const lines = rows.map((row) => row.line);
  if (data.rows.length < data.samples) {
    lines.splice(data.rows.length / 2, 0, html("tr", {}, html("td", { colspan: 4, class: "left-out" }, "⋮")));
  }
  body.append(...lines);

  function draw(state, words) {
    rows.forEach((row, at) => {
      const found = first(state.at, at);
      const residual = found - data.targets[at];
      const share = data.bars[state.at][at] / 1000;
      const length = share && Math.max(Math.abs(share) * BAR.width / 2, BAR.thinnest);
      say(row.prediction, aligned(printed(found), room[1].decimals));
      say(row.residual, printed(residual));
      row.bar.setAttribute("class", share >= 0 ? "positive" : "negative");
      row.bar.setAttribute("x", BAR.width / 2 - (share < 0 ? length : 0));
      row.bar.setAttribute("width", length);
      row.pick.setAttribute("aria-pressed", at === state.row);
      row.pick.setAttribute("aria-label",
        filled(words.follow, { number: row.sample + 1, x: printed(data.inputs[at][0]) }));
      row.line.classList.toggle("picked", at === state.row);
    });
  }

  function told(state, words) {
    if (state.row === null) return words.pick;
    const said = filled(words.followed, {
      number: data.rows[state.row] + 1,
      x: printed(data.inputs[state.row][0]),
      prediction: printed(first(state.at, state.row)),
      truth: printed(data.targets[state.row]),
    });
    return data.single ? said : `${said} (${words.component})`;
  }

  return { draw, told };
}
