// The questionnaire that is being filled in, and who wants to know when it changes.
import { _, data, language } from "./text.js";
import { isMapping } from "./schema.js";
import { define, escaped, readYaml } from "./read.js";
import { checkQuestionnaire } from "./check.js";
import { copy, unaliased, written } from "./write.js";
import { Copy } from "./store.js";

/** Everything that can change. `before` is what `doc` says, `plain` what it will say when it is written. */
export const state = {
  doc: null, before: {}, plain: {}, name: data.name, unsaved: false, saved: false, problems: [], marks: new Map(),
  rest: "", opened: [], keep: false,
};
const listeners = new Set();
let timer = 0;

export const kept = new Copy(`assess form ${data.rubric.id} ${data.name}`);

/** Call `listener` after every change; the result takes it off again. */
export function onChange(listener) {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** Start with a document that was read; `rest` is the text that could not be read. */
export function begin(read, name, rest = "", opened = []) {
  unaliased(read.doc.contents, read.plain);
  Object.assign(state, { doc: read.doc, before: copy(read.plain), plain: copy(read.plain), marks: read.marks, name, rest, opened, unsaved: false, saved: false });
  checkAgain();
}

/** Start with the head that the form was made with. */
export function beginAnew() {
  begin(readYaml(data.start), data.name);
}

/** The value at a path, or undefined. */
export function get(path) {
  return path.reduce((value, key) => (isMapping(value) && Object.hasOwn(value, key) ? value[key] : undefined), state.plain);
}

/** Set the value at a path, or with undefined take it away, and with it every part that is then empty. */
export function set(path, value) {
  if (value === undefined) remove(path);
  else {
    let at = state.plain;
    for (const key of path.slice(0, -1)) {
      if (!Object.hasOwn(at, key) || !isMapping(at[key])) define(at, key, {});
      at = at[key];
    }
    define(at, path.at(-1), value);
  }
  touched();
}

function remove(path) {
  const above = get(path.slice(0, -1));
  if (!isMapping(above)) return;
  delete above[path.at(-1)];
  if (path.length > 1 && !Object.keys(above).length) remove(path.slice(0, -1));
}

/** Say that the questionnaire changed: check it again, keep a copy if that is wanted, tell who listens. */
export function touched() {
  state.unsaved = true;
  checkAgain();
  if (state.keep) {
    clearTimeout(timer);
    timer = setTimeout(keepNow, 400);
  }
}

function checkAgain() {
  state.problems = checkQuestionnaire(state.plain);
  for (const listener of [...listeners]) listener();
}

/** Keep a copy in the browser at once. */
export function keepNow() {
  clearTimeout(timer);
  const failedBefore = kept.failed !== null;
  const done = kept.write({ text: asYaml(), name: state.name, at: Date.now(), language: language() });
  if (failedBefore === done) for (const listener of [...listeners]) listener();
}

/** Stop keeping a copy, and wipe the one that is there. */
export function forget() {
  clearTimeout(timer);
  state.keep = false;
  kept.wipe();
}

/** The questionnaire as YAML; what could not be read stands as remarks at the end. */
export function asYaml() {
  const text = written(state.doc, state.before, state.plain);
  state.before = copy(state.plain);
  if (!state.rest) return text;
  const remarks = [_("Text that could not be read when the file was opened:"), ...escaped(state.rest).split("\n")].map((line) => `# ${line}`.trimEnd());
  return `${text}${text.endsWith("\n") ? "" : "\n"}\n${remarks.join("\n")}\n`;
}

// --- what a question says -----------------------------------------------------------------------

/** The answer that stands for a slot, in the form of the file; one text may stand for both sides. */
export function answerAt(section, question, slot) {
  const value = get([section, question.id]);
  if (slot === "pair" || !isMapping(value)) return value;
  const bySlot = section === "bodies" || Object.hasOwn(value, "A") || Object.hasOwn(value, "B");
  if (section === "bodies" && Object.keys(value).length === 1 && Object.hasOwn(value, "unknown")) return value;
  return bySlot ? value[slot] : value;
}

/** Write the answer of one slot; where one text stood for several, the others keep it. */
export function setAnswer(section, question, slot, value) {
  const path = [section, question.id];
  if (slot === "pair") return set(path, value);
  const now = get(path);
  const slots = section === "bodies" ? ["A", "B", "together"] : ["A", "B"];
  const apart = isMapping(now) && slots.some((one) => Object.hasOwn(now, one));
  if (apart || now === undefined || now === null || now === "") return set([...path, slot], value);
  const all = {};
  for (const one of slots) {
    const said = one === slot ? value : copy(now);
    if (said !== undefined) all[one] = said;
  }
  return set(path, all);
}

/** The path at which the problems of a slot are told. */
export function pathOf(section, question, slot) {
  return slot === "pair" ? [section, question.id] : [section, question.id, slot];
}
