// Reads YAML as the program does: plain, bounded, one document, with the line and column of every key and value.
import { _, data, problem, text } from "./text.js";

const LIMITS = data.yaml;
const PATTERNS = Object.fromEntries(Object.entries(LIMITS.patterns).map(([name, one]) => [name, new RegExp(one)]));
const UNPRINTABLE = /[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/u;
const ODD = /[^\t\n\r\x20-\x7e\xa0-\u2027\u202a-\ud7ff\ue000-\ufefe\uff00-\ufffd\u{10000}-\u{10ffff}]/gu;
// What the YAML library complains of, by the words that the program has for the same.
const COMPLAINTS = {
  BAD_DQ_ESCAPE: "found unknown escape character",
  BLOCK_AS_IMPLICIT_KEY: "mapping values are not allowed in this context",
  BLOCK_IN_FLOW: "did not find expected node content",
  MISSING_CHAR: "found unexpected end of stream",
  MULTILINE_IMPLICIT_KEY: "could not find expected ':'",
  UNEXPECTED_TOKEN: "did not find expected node content",
};
const FALLBACK = "did not find expected key";

// An empty value stays empty when it is written again; every other scalar is kept as the text that stands there.
const NOTHING = {
  tag: "tag:yaml.org,2002:null", default: true, test: /^$/, resolve: () => new YAML.Scalar(null),
  identify: (value) => value === null, createNode: () => new YAML.Scalar(null), stringify: () => "",
};
// In double quotes the library leaves signs as they are that no reader takes, or takes for the end of a line.
const quoting = (tag) => (tag.tag !== "tag:yaml.org,2002:str" ? tag : { ...tag, stringify: (item, ...more) => {
  const said = tag.stringify(item, ...more);
  return item.type === "QUOTE_DOUBLE" ? escaped(said) : said;
} });
export const OPTIONS = {
  schema: "failsafe", customTags: (tags) => [NOTHING, ...tags.map(quoting)], logLevel: "silent", uniqueKeys: false,
};

/** Write signs that may not stand in a file as themselves, or that end a line in it, by their numbers. */
export function escaped(said) {
  return said.replace(ODD, (sign) => {
    const number = sign.charCodeAt(0).toString(16);
    return number.length > 2 ? `\\u${number.padStart(4, "0")}` : `\\x${number.padStart(2, "0")}`;
  });
}

/**
 * Parse the text of a file.
 * @returns {{doc: ?YAML.Document, plain: Object, marks: Map, problems: Problem[], stopped: ?number}} `stopped` is the
 * line, counted from 1, from which on nothing could be read.
 */
export function readYaml(source) {
  const nothing = (found) => ({ doc: null, plain: {}, marks: new Map(), problems: [found], stopped: found.at?.[0] ?? 1 });
  const size = new TextEncoder().encode(source).length;
  if (size > LIMITS.bytes) return nothing(problem("Y105", [], { size, limit: LIMITS.bytes }));
  const lines = new YAML.LineCounter();
  let docs;
  try {
    docs = YAML.parseAllDocuments(source, { ...OPTIONS, lineCounter: lines });
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;  // brackets so deep that the stack ran out
    return nothing(problem("Y106", [], { limit: LIMITS.depth }));
  }
  const broken = unprintable(source, lines) ?? (docs.length ? syntax(docs[0], source, lines) : null);
  if (broken) return nothing(broken);
  const walk = new Walk(lines);
  try {
    return walk.document(docs);
  } catch (refused) {
    if (!refused.code) throw refused;
    return nothing(refused);
  }
}

function place(lines, offset) {
  const { line, col } = lines.linePos(offset);
  return [line, col];
}

function unprintable(source, lines) {
  const found = UNPRINTABLE.exec(source);
  if (!found) return null;
  const why = text(LIMITS.complaints["control characters are not allowed"]);
  return { ...problem("Y102", [], { reason: why }), at: place(lines, found.index) };
}

/** The first thing that is no YAML, as a problem; null if all of it is. */
function syntax(doc, source, lines) {
  const error = [...doc.errors].sort((one, two) => one.pos[0] - two.pos[0])[0];
  if (!error) return null;
  if (tooDeep(doc.contents)) return problem("Y106", [], { limit: LIMITS.depth });
  const at = place(lines, Math.min(error.pos[0], Math.max(0, source.length - 1)));
  const kind = { "[": () => _("list"), "{": () => _("mapping") }[source[error.pos[0]]];
  if (error.code === "IMPOSSIBLE" && kind) return { ...problem("Y112", [], { kind }), at };
  const rows = source.split("\n");
  for (const line of [at[0], at[0] - 1]) {
    const tab = /^\s*/.exec(rows[line - 1] ?? "")[0].indexOf("\t");
    if (tab >= 0) return { ...problem("Y103", []), at: [line, tab + 1] };
  }
  const why = LIMITS.complaints[COMPLAINTS[error.code] ?? FALLBACK];
  return { ...problem("Y102", [], { reason: () => text(why) }), at };
}

/** Whether what could be read of a broken text is nested deeper than any questionnaire. */
function tooDeep(root) {
  const open = [[root, 0]];
  while (open.length) {
    const [node, depth] = open.pop();
    if (depth > LIMITS.depth) return true;
    for (const item of node?.items ?? []) open.push([YAML.isPair(item) ? item.value : item, depth + 1]);
  }
  return false;
}

/** The walk through one document, in which depth, size and aliases are counted before they are followed. */
class Walk {
  constructor(lines) {
    this.lines = lines;
    this.marks = new Map();
    this.problems = [];
    this.anchors = new Map();
    this.count = 0;
  }

  document(docs) {
    const [doc] = docs;
    if (docs.length > 1) this.refuse("Y108", docs[1].range[0]);
    const root = doc?.contents;
    const empty = !root || (YAML.isScalar(root) && root.value === null) || (YAML.isScalar(root) && this.scalar(root, []) === null);
    if (empty) throw problem("Y110", []);
    if (!YAML.isMap(root)) {
      this.tag(root);
      throw { ...problem("Y111", [], { kind: YAML.isSeq(root) ? () => _("list") : () => _("text") }), at: place(this.lines, root.range[0]) };
    }
    const plain = this.value(root, [], 0);
    return { doc, plain, marks: this.marks, problems: this.problems, stopped: null };
  }

  refuse(code, offset, values = {}) {
    throw { ...problem(code, [], values), at: place(this.lines, offset) };
  }

  grow(offset, by = 1) {
    this.count += by;
    if (this.count > LIMITS.values) this.refuse("Y107", offset, { limit: LIMITS.values });
  }

  tag(node) {
    if (node.tag && !LIMITS.tags.includes(node.tag)) this.refuse("Y109", node.range?.[0] ?? 0, { tag: node.tag });
  }

  value(node, path, depth) {
    if (node === null || node === undefined) return null;
    const offset = node.range?.[0] ?? 0;
    this.marks.set(path.join("\n"), { ...this.marks.get(path.join("\n")), value: place(this.lines, offset) });
    if (YAML.isAlias(node)) return this.alias(node, offset);
    this.tag(node);
    const first = this.count;
    this.grow(offset);
    if (YAML.isScalar(node)) return this.kept(node, first, this.scalar(node, path));
    if (depth >= LIMITS.depth) this.refuse("Y106", offset, { limit: LIMITS.depth });
    if (node.anchor) this.anchors.set(node.anchor, null);  // until it ends, an alias of it points into itself
    const inside = YAML.isSeq(node)
      ? node.items.map((one, at) => this.value(one, [...path, at], depth + 1))
      : this.mapping(node, path, depth);
    return this.kept(node, first, inside);
  }

  kept(node, first, plain) {
    if (node.anchor) this.anchors.set(node.anchor, { plain, size: this.count - first });
    return plain;
  }

  alias(node, offset) {
    if (!this.anchors.has(node.source)) this.refuse("Y114", offset, { name: node.source });
    const known = this.anchors.get(node.source);
    if (!known) this.refuse("Y107", offset, { limit: LIMITS.values });
    this.grow(offset, known.size);
    return known.plain;
  }

  mapping(node, path, depth) {
    const plain = {};
    for (const pair of node.items) {
      const offset = pair.key?.range?.[0] ?? 0;
      this.grow(offset);
      if (!YAML.isScalar(pair.key)) {
        const kind = YAML.isMap(pair.key) ? () => _("mapping") : YAML.isSeq(pair.key) ? () => _("list") : () => _("alias");
        this.refuse("Y112", offset, { kind });
      }
      const key = String(pair.key.value ?? "");
      const here = [...path, key];
      this.warn(pair.key, here);
      if (Object.hasOwn(plain, key)) {
        const values = { key, first: this.marks.get(here.join("\n")).key[0] };
        this.problems.push({ ...problem("Y104", here, values), at: place(this.lines, offset) });
        continue;
      }
      this.marks.set(here.join("\n"), { key: place(this.lines, offset) });
      define(plain, key, this.value(pair.value, here, depth + 1));
    }
    return plain;
  }

  /** The value of a scalar: what stands in quotes is a text, whatever it looks like. */
  scalar(node, path) {
    if (node.value === null) return null;
    const said = String(node.value);
    if (node.type !== "PLAIN") return said;
    if (Object.hasOwn(LIMITS.words, said)) return LIMITS.words[said];
    if (said.length >= 40) return said;
    if (PATTERNS.int.test(said) || PATTERNS.float.test(said)) return Number(said);
    this.warn(node, path);
    return said;
  }

  warn(node, path) {
    const otherwise = node.type === "PLAIN" ? readOtherwise(String(node.value ?? "")) : "";
    if (!otherwise) return;
    const values = { text: node.value, otherwise };
    this.problems.push({ ...problem("Y120", path, values), at: place(this.lines, node.range[0]) });
  }
}

/** Set a key as a key, even one that objects treat in a special way. */
export function define(object, key, value) {
  Object.defineProperty(object, key, { value, writable: true, enumerable: true, configurable: true });
}

/** What a program of YAML 1.1 would make of a plain text; empty if the same as we do. */
export function readOtherwise(said) {
  if (PATTERNS.boolean.test(said)) return ["y", "yes", "on"].includes(said.toLowerCase()) ? "true" : "false";
  if (PATTERNS.octal.test(said)) return () => _("an octal number");
  return PATTERNS.base60.test(said) ? () => _("a number in base 60") : "";
}

/** Whether a plain text would be read as something else than a text, by us or by others. */
export function needsQuotes(said) {
  return Object.hasOwn(LIMITS.words, said) || readOtherwise(said) !== "" || /^[-+.]*[0-9]/.test(said);
}
