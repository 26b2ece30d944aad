// Elements of the page. Words enter as text only, never as markup.

const byId = (id) => document.getElementById(id);
const held = (id) => JSON.parse(byId(id).textContent);

function fill(element, attributes, children) {
  for (const [name, value] of Object.entries(attributes)) {
    if (value !== undefined) element.setAttribute(name, value);
  }
  element.append(...children);
  return element;
}

const html = (name, attributes = {}, ...children) =>
  fill(document.createElement(name), attributes, children);

const svg = (name, attributes = {}, ...children) =>
  fill(document.createElementNS("http://www.w3.org/2000/svg", name), attributes, children);

// Text is set sixty times a second while the page plays: what is there already stays.
function say(element, text) {
  if (element.textContent !== text) element.textContent = text;
}

const filled = (template, values) =>
  template.replace(/\{(\w+)\}/g, (_, name) => String(values[name]));

// One stop of the Tab key for many buttons; arrow keys go between them.
function reachedByArrows(buttons, columns) {
  const steps = { ArrowLeft: -1, ArrowRight: 1, ArrowUp: -columns, ArrowDown: columns };
  const reach = (at) => buttons.forEach((button, other) => { button.tabIndex = other === at ? 0 : -1; });
  buttons.forEach((button, at) => {
    button.addEventListener("focus", () => reach(at));
    button.addEventListener("keydown", (event) => {
      const next = buttons[at + (steps[event.key] ?? NaN)];
      if (!next) return;
      event.preventDefault();
      next.focus();
    });
  });
  reach(0);
}
