// What the page carries, and its texts in the language that is shown.

/** The data of the form; see assess/questionnaire/formdata.py for its parts. */
export const data = JSON.parse(document.getElementById("data").textContent);

const SHORT = { "\n": "\\n", "\r": "\\r", "\t": "\\t" };
const tables = { ...data.texts };
let shown = data.languages[0];

/** The code of the language that is shown. */
export function language() {
  return shown;
}

/** Whether this browser can show the language `code`; packed texts take a stream that unpacks. */
export function canSpeak(code) {
  return code in tables || typeof DecompressionStream === "function";
}

/** Show texts in the language `code` from now on. */
export async function speak(code) {
  tables[code] ??= await unpacked(data.packed[code]);
  shown = code;
}

async function unpacked(packed) {
  const bytes = Uint8Array.from(atob(packed), (sign) => sign.charCodeAt(0));
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("deflate-raw"));
  return new Response(stream).json();
}

/** The text with this number: one of the rubric or of the catalogue of problems. */
export function text(number) {
  return tables[shown][number];
}

/** A text of the form itself, found by its English wording, with `{names}` filled in. */
export function _(english, values = {}) {
  const number = data.words[english];
  return fill(number === undefined ? english : text(number), values);
}

/** Fill `{names}` once, as the program does; braces inside a value stay as they are, gaps show as a dash. */
export function fill(template, values) {
  return template.replace(/\{\{|\}\}|\{(\w+)\}/g, (found, name) => {
    if (name === undefined) return found[0];
    const value = values[name];
    return value === undefined ? "–" : printable(String(typeof value === "function" ? value() : value));
  });
}

/** A text on one line whose invisible signs are shown by their numbers, as the program shows them. */
function printable(said) {
  return said.replace(/[\x00-\x1f\x7f-\x9f\u2028\u2029]/g, (sign) => {
    const number = sign.charCodeAt(0).toString(16);
    return SHORT[sign] ?? (number.length > 2 ? `\\u${number}` : `\\x${number.padStart(2, "0")}`);
  });
}

// --- problems -----------------------------------------------------------------------------------

/**
 * One thing to mend: a code of the catalogue, the path of the place, values that fill the message (a
 * function is called when the message is shown, so that it speaks the language), and near names.
 * @typedef {{code: string, path: (string|number)[], values: Object, near: string[], at?: number[]}} Problem
 */

/** @returns {Problem} */
export function problem(code, path, values = {}, near = []) {
  return { code, path, values, near };
}

/** Whether a problem forbids scoring. */
export function isError(found) {
  return data.catalogue[found.code][0] === "error";
}

/** The message of a problem, its rule and its way out. */
export function told(found) {
  const [, message, rule, wayOut] = data.catalogue[found.code];
  const near = found.near.length ? " " + _("(did you mean {names}?)", { names: found.near.join(", ") }) : "";
  return {
    message: fill(text(message), found.values) + near,
    rule: fill(text(rule), found.values),
    wayOut: fill(text(wayOut), found.values),
  };
}

/** Write a path as people do: `answers.TRU-01.evidence[0]`. */
export function dotted(path) {
  return path.reduce((said, part) => said + (typeof part === "number" ? `[${part}]` : said ? `.${part}` : part), "");
}

// --- near names ---------------------------------------------------------------------------------

/** Up to two of `names` that resemble `word`, the closest first, case ignored; as the program finds them. */
export function nearest(word, names) {
  const wanted = String(word).toLowerCase();
  return [...new Set(names)].map((name) => [likeness([...name.toLowerCase()], [...wanted]), name])
    .filter(([score]) => score >= 0.6)
    .sort(([one, first], [two, second]) => two - one || (first.toLowerCase() < second.toLowerCase() ? 1 : -1))
    .slice(0, 2).map(([, name]) => name);
}

/** The share of characters of two lists in common runs: the measure of Ratcliff and Obershelp, 0 to 1. */
function likeness(one, two) {
  const length = one.length + two.length;
  return length ? (2 * common(one, two)) / length : 1;
}

function common(one, two) {
  let [size, start, other] = [0, 0, 0];
  for (let i = 0; i < one.length; i++) {
    for (let j = 0; j < two.length; j++) {
      let run = 0;
      while (i + run < one.length && j + run < two.length && one[i + run] === two[j + run]) run++;
      if (run > size) [size, start, other] = [run, i, j];
    }
  }
  if (!size) return 0;
  return size + common(one.slice(0, start), two.slice(0, other))
    + common(one.slice(start + size), two.slice(other + size));
}
