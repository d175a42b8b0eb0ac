// Makes elements. Text only ever becomes text, never markup.
import { _, dotted, isError, told } from "./text.js";
import { state } from "./state.js";

let count = 0;

/** An id that no other element has. */
export function newId() {
  count += 1;
  return `x${count}`;
}

/**
 * Make an element. Properties that start with `on` are listeners, `class` and other names are attributes; false,
 * null and undefined leave an attribute out. Children are elements, texts, lists of them, or nothing.
 */
export function h(tag, properties = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(properties)) {
    if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else if (name === "value") element.value = value;
    else if (value !== false && value !== null && value !== undefined) element.setAttribute(name, value === true ? "" : String(value));
  }
  element.append(...children.flat(Infinity).filter((child) => child !== null && child !== undefined && child !== false));
  return element;
}

/** Put new children into an element. */
export function refill(element, ...children) {
  element.replaceChildren(...children.flat(Infinity).filter((child) => child !== null && child !== undefined && child !== false));
  return element;
}

/** A label, a hint and the problems around an input; `path` is the place of its value in the questionnaire. */
export function field({ label, hint, input, path, wide }) {
  input.id ||= newId();
  const about = [];
  const parts = [h("label", { for: input.id }, label)];
  if (hint) {
    const said = h("p", { class: "hint", id: newId() }, hint);
    about.push(said.id);
    parts.push(said);
  }
  parts.push(input);
  if (path) {
    const box = findings(exactly(path));
    box.id = newId();
    about.push(box.id);
    parts.push(box);
  }
  if (about.length) input.setAttribute("aria-describedby", about.join(" "));
  return h("div", { class: wide ? "field wide" : "field" }, parts);
}

/** A group of radio buttons in one line; `choices` are pairs of value and label. */
export function radios({ legend, choices, value, pick, hint }) {
  const name = newId();
  return h("fieldset", { class: "line" }, h("legend", {}, legend), hint && h("p", { class: "hint" }, hint),
    h("div", { class: "choices" }, choices.map(([choice, label]) => h("label", { class: "choice" },
      h("input", { type: "radio", name, value: choice, checked: choice === value, onchange: () => pick(choice) }), h("span", {}, label)))));
}

/** A fold: its title, and what opens under it. */
export function fold(title, ...children) {
  return h("details", { class: "fold" }, h("summary", {}, title), h("div", { class: "inside" }, children));
}

// --- problems beside fields ---------------------------------------------------------------------

/** Tells whether a problem stands at `path` or below it. */
export function below(path) {
  return (found) => path.every((part, at) => found.path[at] === part);
}

/** Tells whether a problem stands at `path` and nowhere else, or at an item of the list there. */
export function exactly(path) {
  return (found) => below(path)(found) && found.path.slice(path.length).every((part) => typeof part === "number");
}

/** A box that shows the problems that `wanted` picks as `make` says, anew when it gets the event `check`. */
export function findings(wanted, make = finding) {
  const box = h("div", { class: "findings", "aria-live": "polite" });
  let said = null;
  const show = () => {
    const found = state.problems.filter(wanted);
    const now = JSON.stringify(found.map((one) => [one.code, dotted(one.path), told(one)]));
    if (now === said) return;
    said = now;
    refill(box, found.map((one) => make(one)));
  };
  box.addEventListener("check", show);
  box.classList.add("checked");
  show();
  return box;
}

/** One problem: what is wrong, the rule, the way out; `link` leads to its place. */
export function finding(found, link = null) {
  const { message, rule, wayOut } = told(found);
  const error = isError(found);
  return h("div", { class: error ? "finding error" : "finding warning", "data-code": found.code, "data-path": dotted(found.path) },
    h("p", { class: "message" }, h("strong", {}, error ? _("Error") : _("Warning")), " ", h("span", { class: "code" }, found.code), " ",
      found.at && h("span", { class: "place" }, _("line {line}, column {column}: ", { line: found.at[0], column: found.at[1] })), h("span", { class: "what" }, message)),
    h("p", { class: "rule" }, h("span", {}, _("Rule:")), " ", h("span", { class: "text" }, rule)),
    h("p", { class: "way" }, h("span", {}, _("Way out:")), " ", h("span", { class: "text" }, wayOut)), link);
}

/** Say something, seen and read aloud; `undo` offers to take back what was done, and then it stays until something else is said. */
export function say(message, undo = null) {
  const box = document.getElementById("said");
  const hide = () => { box.hidden = true; };
  refill(box, h("span", {}, message), undo && h("button", { type: "button", id: "undo", onclick: () => { hide(); undo(); } }, _("Undo")));
  box.hidden = false;
  clearTimeout(say.timer);
  if (!undo) say.timer = setTimeout(hide, 8000);
}

/** Ask before something is lost; the answer comes as a promise. */
export function ask(question, yes, no) {
  return new Promise((answer) => {
    const title = newId();
    const close = (said) => { dialog.close(); dialog.remove(); answer(said); };
    const dialog = h("dialog", { "aria-labelledby": title, oncancel: () => { dialog.remove(); answer(false); } },
      h("p", { id: title }, question),
      h("div", { class: "buttons" }, h("button", { type: "button", class: "main", onclick: () => close(true) }, yes),
        h("button", { type: "button", onclick: () => close(false) }, no)));
    document.body.append(dialog);
    dialog.showModal();
  });
}
