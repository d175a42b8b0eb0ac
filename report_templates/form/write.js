// Writes answers back into the document that was read: what nobody touched keeps its order and its remarks.
import { data } from "./text.js";
import { isMapping } from "./schema.js";
import { define, escaped, needsQuotes } from "./read.js";

const FORMAT = { lineWidth: 100, flowCollectionPadding: false, nullStr: "" };
const TOP_ORDER = ["rubric", "relationship", "as_of", "answered_by", "kind", "marking", "note", "evidence", "answers", "challenges", "bodies"];
const ANSWER_ORDER = ["level", "status", "unknown", "not_applicable", "disputed", "between", "confidence", "date", "evidence", "note", "assigned", "review"];
const EVIDENCE_ORDER = ["title", "date", "url", "where", "publisher", "grade", "source", "counter", "verified", "note"];
const ORDER = {
  answers: data.rubric.components.flatMap((group) => group.questions.map((q) => q.id)),
  challenges: data.rubric.challenges.flatMap((group) => group.questions.map((q) => q.id)),
  bodies: Object.keys(data.rubric.bodies),
};

/** Bring the YAML document `doc` from the plain data `before` to `after`, and return its text. */
export function written(doc, before, after) {
  bring(doc.contents, before, after, []);
  return doc.toString(FORMAT);
}

/** Write out every alias of a document, so that each place can change by itself. */
export function unaliased(one, plain) {
  if (YAML.isMap(one)) {
    for (const pair of one.items) pair.value = unaliased(pair.value, plain[String(pair.key?.value ?? "")]);
  } else if (YAML.isSeq(one)) {
    one.items = one.items.map((item, at) => unaliased(item, plain[at]));
  }
  if (YAML.isAlias(one)) return node(plain);
  if (one?.anchor) delete one.anchor;
  return one;
}

/** Whether two values of plain data are the same. */
export function equal(one, two) {
  if (one === two) return true;
  if (Array.isArray(one)) return Array.isArray(two) && one.length === two.length && one.every((part, at) => equal(part, two[at]));
  if (!isMapping(one) || !isMapping(two)) return false;
  const keys = Object.keys(one);
  return keys.length === Object.keys(two).length && keys.every((key) => Object.hasOwn(two, key) && equal(one[key], two[key]));
}

/** A deep copy of plain data. */
export function copy(value) {
  if (Array.isArray(value)) return value.map(copy);
  if (!isMapping(value)) return value;
  const made = {};
  for (const [key, inside] of Object.entries(value)) define(made, key, copy(inside));
  return made;
}

function bring(map, before, after, path) {
  const keyOf = (pair) => String(pair.key?.value ?? "");
  map.items = map.items.filter((pair) => Object.hasOwn(after, keyOf(pair)));
  for (const [key, value] of Object.entries(after)) {
    const pair = map.items.find((one) => keyOf(one) === key);
    if (!pair) insert(map, key, value, path);
    else if (!equal(before?.[key], value)) change(pair, before?.[key], value, [...path, key]);
  }
}

function change(pair, before, value, path) {
  const old = pair.value;
  if (isMapping(value) && YAML.isMap(old)) {
    if (old.flow && !Object.values(value).every(isShort)) old.flow = false;
    bring(old, before ?? {}, value, path);
    return;
  }
  const made = node(value);
  if (old) [made.comment, made.spaceBefore] = [old.comment, old.spaceBefore];
  pair.value = made;
}

/** Put a new key where the program would write it: before the first of those that come after it. */
function insert(map, key, value, path) {
  const order = orderAt(path);
  const rank = (name) => (order.includes(name) ? order.indexOf(name) : order.length);
  const at = map.items.findIndex((pair) => rank(String(pair.key?.value ?? "")) > rank(key));
  const pair = new YAML.Pair(node(key), node(value));
  map.items.splice(at < 0 ? map.items.length : at, 0, pair);
  if (map.flow && !isShort(value)) map.flow = false;
}

function orderAt(path) {
  if (!path.length) return TOP_ORDER;
  if (path.length === 1) return ORDER[path[0]] ?? [];
  if (path[0] === "evidence") return EVIDENCE_ORDER;
  return ["A", "B", "together", ...ANSWER_ORDER];
}

function isShort(value) {
  return !isMapping(value) && (typeof value !== "string" || (value.length < 60 && !value.includes("\n")));
}

/** Make a node of plain data; texts get quotes wherever another reader would not take them for texts. */
function node(value) {
  if (Array.isArray(value)) {
    const list = new YAML.YAMLSeq();
    list.items = value.map(node);
    list.flow = true;
    return list;
  }
  if (isMapping(value)) {
    const map = new YAML.YAMLMap();
    map.items = Object.entries(value).map(([key, inside]) => new YAML.Pair(node(key), node(inside)));
    return map;
  }
  if (value === null || value === undefined) return new YAML.Scalar(null);
  const scalar = new YAML.Scalar(String(value).replace(/\p{Cs}/gu, "\ufffd"));  // no file holds half a character
  scalar.type = typeof value === "string" ? style(value) : "PLAIN";
  return scalar;
}

function style(said) {
  if (/[\r\t]/.test(said) || escaped(said) !== said || /^\s|\n\s*\n?$|[^\S\n]\n/.test(said)) return "QUOTE_DOUBLE";
  if (said.includes("\n")) return "BLOCK_LITERAL";
  return needsQuotes(said) || /^(?:---|\.\.\.)/.test(said) ? "QUOTE_DOUBLE" : "PLAIN";
}
