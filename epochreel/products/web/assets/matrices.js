// Every kernel and bias as a matrix in brackets; each number can be pointed at and reached by keys.

const weightName = ({ name, kind, rows, columns }, at) => {
  const [row, column] = [Math.floor(at / columns.length), at % columns.length];
  const place = kind === "bias" ? [columns[column] + 1] : [rows[row] + 1, columns[column] + 1];
  return `${name}[${place.join(", ")}]`;
};

// Over all recorded epochs, those that the page leaves out included.
const rangeOf = ({ low, high, notation }, at) =>
  ({ low: inNotation(low[at], notation), high: inNotation(high[at], notation) });

function makeMatrices(data, holder, onWeight) {
  const matrices = data.matrices.map((matrix) => {
    const room = roomFor(matrix.states.flatMap((state) =>
      state.map((value) => inNotation(value, matrix.notation))));
    const buttons = matrix.states[0].map((_, at) => {
      const button = html("button", { type: "button" });
      button.style.width = `${room.characters}ch`;
      for (const event of ["focus", "pointerenter"]) {
        button.addEventListener(event, () => onWeight(matrix, at, button));
      }
      for (const event of ["blur", "pointerleave"]) button.addEventListener(event, () => onWeight(null));
      return button;
    });
    reachedByArrows(buttons, matrix.columns.length);
    return { matrix, room, buttons };
  });

  function cells({ matrix, buttons }) {
    const lines = matrix.rows.map((_, row) => {
      const across = matrix.columns.length;
      const line = buttons.slice(row * across, (row + 1) * across).map((button) => html("span", {}, button));
      if (across < matrix.shape[1]) line.splice(across - 1, 0, html("span", {}, "…"));
      return html("div", { class: "line" }, ...line);
    });
    if (matrix.rows.length < matrix.shape[0]) {
      lines.splice(matrix.rows.length - 1, 0, html("div", { class: "line left-out" }, "⋮"));
    }
    return lines;
  }

  function inBrackets(made) {
    const { name, shape, rows, columns } = made.matrix;
    const whole = rows.length === shape[0] && columns.length === shape[1];
    return html("div", { role: "group", "aria-label": name, class: "matrix" },
      html("span", { class: "name" }, `${name} =`),
      html("div", { class: "brackets" }, ...cells(made)),
      whole ? "" : html("span", { class: "note" }, shape.join("×")));
  }

  // A bias stands under its kernel, as in the film.
  for (const layer of new Set(data.matrices.map((matrix) => matrix.layer))) {
    const made = matrices.filter(({ matrix }) => matrix.layer === layer);
    holder.append(html("div", { class: "layer" }, ...made.map(inBrackets)));
  }

  function draw(state, words) {
    for (const { matrix, room, buttons } of matrices) {
      buttons.forEach((button, at) => {
        const text = inNotation(matrix.states[state.at][at], matrix.notation);
        say(button, aligned(text, room.decimals));
        button.setAttribute("aria-label", filled(words.weight,
          { name: weightName(matrix, at), value: text, ...rangeOf(matrix, at) }));
      });
    }
  }

  return { draw };
}
