// Curves over the epochs: the loss on the film's axes, and one weight in a small frame.

const share = ({ low, high, logarithmic }, value) => (logarithmic
  ? (Math.log10(Math.max(value, low)) - Math.log10(low)) / (Math.log10(high) - Math.log10(low))
  : (value - low) / (high - low));

const lineThrough = (places) =>
  places.map(([x, y], at) => `${at ? "L" : "M"}${x.toFixed(1)} ${y.toFixed(1)}`).join("");

const LEAST_FOR_TICK = 60;  // pixels from one number on the axis to the next
const TICK_DIGIT = 9;  // pixels that a digit of them takes

function makeCurve(data, holder, onEpoch) {
  const { x, y, epochs, losses } = data.curve;
  const dot = svg("circle", { r: 7, class: "now" });
  const here = svg("line", { class: "here" });
  const picture = svg("svg", { role: "img" });
  const names = [svg("text", { "text-anchor": "end" }), svg("text")];
  let area = {};
  const across = (epoch) => area.left + share(x, epoch) * area.width;
  const up = (loss) => area.top + (1 - share(y, loss)) * area.height;

  function ticks() {
    const apart = Math.ceil((x.ticks.length * LEAST_FOR_TICK) / area.width);
    return [
      ...y.ticks.flatMap(({ value, text }) => [
        svg("line", { class: "grid", x1: area.left, x2: area.left + area.width, y1: up(value), y2: up(value) }),
        svg("text", { x: area.left - 8, y: up(value) + 5, "text-anchor": "end" }, text)]),
      ...x.ticks.filter((_, at) => at % apart === 0).map(({ value, text }) =>
        svg("text", { x: across(value), y: area.top + area.height + 22, "text-anchor": "middle" },
          text))];
  }

  function build(width) {
    const height = Math.max(240, Math.min(380, width * 0.45));
    const left = Math.max(56, 16 + TICK_DIGIT * Math.max(...y.ticks.map(({ text }) => text.length)));
    area = { left, top: 30, width: width - left - 28, height: height - 84 };
    fill(names[0], { x: area.left + area.width, y: height - 6 }, []);
    fill(names[1], { x: area.left - 30, y: 16 }, []);
    const corner = `M${area.left} ${area.top}V${area.top + area.height}H${area.left + area.width}`;
    const drawn = lineThrough(epochs.map((epoch, at) => [across(epoch), up(losses[at])]));
    const marks = data.shown.map((at) =>
      svg("circle", { r: 4, class: "shown", cx: across(data.epochs[at]), cy: up(data.losses[at]) }));
    picture.replaceChildren(...ticks(), ...names, svg("path", { class: "axes", d: corner }),
      svg("path", { class: "loss", d: drawn }), ...marks, here, dot);
    fill(here, { y1: area.top, y2: area.top + area.height }, []);
    fill(picture, { viewBox: `0 0 ${width} ${height}`, width, height }, []);
  }

  picture.addEventListener("click", (event) => {
    const reached = (event.offsetX - area.left) / area.width;
    onEpoch(x.low + reached * (x.high - x.low));
  });
  holder.append(picture);

  return {
    build,
    draw(state, words) {
      const cx = across(data.epochs[state.at]);
      fill(dot, { cx, cy: up(data.losses[state.at]) }, []);
      fill(here, { x1: cx, x2: cx }, []);
      say(names[0], words.epoch);
      say(names[1], words.loss);
      picture.setAttribute("aria-label", filled(words.curve_picture, {
        start: epochs[0],
        first: printed(losses[0], data.tiny),
        end: epochs.at(-1),
        last: printed(losses.at(-1), data.tiny),
      }));
    },
  };
}

// A weight over all epochs, beside what was pointed at.
function makeHistory(data, holder) {
  const [WIDTH, HEIGHT, EDGE] = [260, 96, 8];
  let shown = null;

  function draw(state) {
    if (!shown) return;
    const values = shown.matrix.states.map((each) => each[shown.weight]);
    const [low, high] = [shown.matrix.low[shown.weight], shown.matrix.high[shown.weight]];
    const range = rangeOf(shown.matrix, shown.weight);
    const x = { low: data.epochs[0], high: Math.max(data.epochs.at(-1), data.epochs[0] + 1) };
    const y = high > low ? { low, high } : { low: low - 1, high: high + 1 };
    const place = (at) => [EDGE + share(x, data.epochs[at]) * (WIDTH - 2 * EDGE),
      EDGE + (1 - share(y, values[at])) * (HEIGHT - 2 * EDGE)];
    const [cx, cy] = place(state.at);
    holder.replaceChildren(
      html("b", {}, `${weightName(shown.matrix, shown.weight)} = ${inNotation(values[state.at], shown.matrix.notation)}`),
      svg("svg", { viewBox: `0 0 ${WIDTH} ${HEIGHT}`, width: WIDTH, height: HEIGHT },
        svg("path", { d: lineThrough(values.map((_, at) => place(at))) }),
        svg("circle", { cx, cy, r: 5 })),
      html("span", {}, `${range.low} … ${range.high}`));
  }

  // `by` is the element or the pointer's event that it stands beside.
  function show(matrix, weight, by, state) {
    shown = matrix && { matrix, weight, by };
    holder.hidden = !shown;
    if (!shown) return;
    draw(state);
    place();
  }

  function place() {
    if (!shown) return;
    const { by } = shown;
    const box = by instanceof Element ? by.getBoundingClientRect()
      : { left: by.clientX, bottom: by.clientY + 8, top: by.clientY - 8 };
    const { offsetWidth, offsetHeight } = holder;
    const below = box.bottom + 8 + offsetHeight < window.innerHeight;
    holder.style.left = `${Math.max(8, Math.min(box.left, window.innerWidth - offsetWidth - 8))}px`;
    holder.style.top = `${below ? box.bottom + 8 : Math.max(8, box.top - 8 - offsetHeight)}px`;
  }

  return { draw, show, place };
}
