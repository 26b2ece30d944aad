// The network: edges coloured by sign and as wide as |w|, and what its units say for one sample.

const NARROWEST = 24;     // pixels of a unit that holds its number inside
const DIGIT = 0.62;       // of a font's size: how wide its digits are
const ROOM_FOR_VALUE = 50;  // pixels of "−0.1234" beside a unit
// Pixels of a layer under which its kind has room, and its space, and over which its tags have.
const LEAST_FOR_NAMES = 96;
const LEAST_FOR_SPACES = 34;
const LEAST_FOR_TAGS = 60;
const FILM_WIDTH = 960;   // of the network on the film's page, for which edges have their width

function networkPlaces(data, width) {
  const tallest = Math.max(...data.units.map((drawn) => drawn.length));
  const pitch = Math.max(28, Math.min(84, 460 / tallest));
  const height = Math.max(240, pitch * tallest);
  const step = width / data.units.length;
  const places = data.units.map((drawn, layer) => {
    const whole = drawn.length === data.widths[layer];
    const gap = whole ? pitch : Math.min(height * 0.6, 180);
    const top = height / 2 - (gap * (drawn.length - 1)) / 2;
    return drawn.map((_, at) => ({ x: step * (layer + 0.5), y: 34 + top + gap * at }));
  });
  const radius = Math.max(6, Math.min(pitch * 0.36, step * 0.3, 32));
  return { places, radius, height: height + 100 };
}

// Inside the unit, or where that is too small beside it, or in a narrow network above it; with the
// pixels that it has there, and its largest font size.
function placedValue(x, y, radius, step) {
  if (radius >= NARROWEST) {
    const value = svg("text", { x, y: y + 5, class: "value", "text-anchor": "middle" });
    return { value, room: 2 * radius - 8, largest: 13 };
  }
  if (step >= 2 * (radius + ROOM_FOR_VALUE)) {
    const value = svg("text", { x: x + radius + 4, y: y + 4, class: "value beside" });
    return { value, room: step - 2 * radius - 8, largest: 13 };
  }
  const value = svg("text", { x, y: y - radius - 3, class: "value beside", "text-anchor": "middle" });
  return { value, room: step - 2, largest: 10 };
}

function makeNetwork(data, holder, onWeight) {
  const kernels = data.matrices.filter((matrix) => matrix.kind === "kernel");
  const known = new Set(data.matrices.map((matrix) => matrix.name));
  let edges = [];
  let units = [];
  let names = [];
  let picture = svg("svg", { role: "img" });
  let scale = 1;

  function edge(kernel, from, to, left, right, radius) {
    const length = Math.hypot(right.x - left.x, right.y - left.y);
    const [dx, dy] = [((right.x - left.x) / length) * radius, ((right.y - left.y) / length) * radius];
    const ends = { x1: left.x + dx, y1: left.y + dy, x2: right.x - dx, y2: right.y - dy };
    const weight = kernel.rows.indexOf(from) * kernel.columns.length + kernel.columns.indexOf(to);
    const drawn = svg("line", ends);
    const reach = svg("line", { ...ends, class: "reach" });
    reach.addEventListener("pointerenter", (event) => onWeight(kernel, weight, event));
    reach.addEventListener("pointerleave", (event) => {
      if (event.pointerType !== "touch") onWeight(null);
    });
    edges.push({ kernel, weight, drawn });
    return [drawn, reach];
  }

  function build(width) {
    const { places, radius, height } = networkPlaces(data, width);
    const step = width / places.length;
    edges = [];
    scale = Math.min(1, Math.max(0.5, width / FILM_WIDTH));
    const lines = kernels.flatMap((kernel) => places[kernel.layer].flatMap((left, from) =>
      places[kernel.layer + 1].flatMap((right, to) => edge(
        kernel, data.units[kernel.layer][from], data.units[kernel.layer + 1][to], left, right, radius))));
    units = places.map((layer) => layer.map(({ x, y }) => ({
      circle: svg("circle", { cx: x, cy: y, r: radius }),
      ...placedValue(x, y, radius, step),
    })));
    names = step < LEAST_FOR_NAMES ? [] : places.map((layer) =>
      svg("text", { x: layer[0].x, y: height - 32, "text-anchor": "middle" }));
    const spaces = step < LEAST_FOR_SPACES ? [] : places.map((layer, at) => svg("text",
      { x: layer[0].x, y: height - 10, "text-anchor": "middle", class: "faint" }, `∈ ℝ`,
      svg("tspan", { dy: -6, class: "raised" }, String(data.widths[at]))));
    const tags = kernels.flatMap(({ layer }) => {
      const [left, right] = [places[layer][0].x, places[layer + 1][0].x];
      const tagged = [[`w${layer + 1}`, (left + right) / 2], [`b${layer + 1}`, right]];
      return tagged.filter(([name]) => step > LEAST_FOR_TAGS && known.has(name)).map(([text, x]) =>
        svg("text", { x, y: 16, "text-anchor": "middle", class: "faint" }, text));
    });
    const dots = places.flatMap((layer, at) => (layer.length === data.widths[at] ? [] : [
      svg("text", { x: layer[0].x, y: (layer[0].y + layer[1].y) / 2 + 6, "text-anchor": "middle" }, "⋮")]));
    picture.replaceChildren(
      svg("g", { class: "edges" }, ...lines), ...spaces, ...tags, ...dots, ...names,
      ...units.flat().flatMap(({ circle, value }) => [circle, value]));
    fill(picture, { viewBox: `0 0 ${width} ${height}`, width, height }, []);
  }

  function value(layer, unit, state) {
    if (state.row === null) return null;
    if (layer === 0) return data.inputs[state.row][unit];
    const outputs = data.outputs[layer - 1];
    return outputs && outputs[state.at][state.row][unit];
  }

  function draw(state, words) {
    for (const { kernel, weight, drawn } of edges) {
      const size = kernel.states[state.at][weight];
      const share = Math.min(Math.abs(size) / (data.edge.largest || 1), 1);
      drawn.setAttribute("class", size >= 0 ? "positive" : "negative");
      drawn.setAttribute("stroke-width",
        scale * (data.edge.thinnest + (data.edge.widest - data.edge.thinnest) * share));
    }
    units.forEach((layer, number) => layer.forEach((unit, at) => {
      const found = value(number, at, state);
      const text = found === null ? "" : rounded(found);
      say(unit.value, text);
      unit.value.style.fontSize = `${Math.min(unit.largest, unit.room / (DIGIT * text.length))}px`;
      unit.circle.setAttribute("class", found === null ? "" : found >= 0 ? "positive" : "negative");
    }));
    names.forEach((name, at) => say(name,
      at === 0 ? words.input_layer : at < names.length - 1 ? words.hidden_layer : words.output_layer));
    picture.setAttribute("aria-label",
      filled(words.network_picture, { widths: data.widths.join(" – "), epoch: data.epochs[state.at] }));
  }

  holder.append(picture);
  return { build, draw };
}
