// Reads YAML as the program does: plain, bounded, one document, with the line and column of every key and value.
import { _, data, problem, text } from "./text.js";
import { straightened } from "./brackets.js";

const LIMITS = data.yaml;
const PATTERNS = Object.fromEntries(Object.entries(LIMITS.patterns).map(([name, one]) => [name, new RegExp(one)]));
const UNPRINTABLE = /[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/u;
const ODD = /[^\t\n\r\x20-\x7e\xa0-\u2027\u202a-\ud7ff\ue000-\ufefe\uff00-\ufffd\u{10000}-\u{10ffff}]/gu;
// What the YAML library complains of, by the words that the program has for the same.
const COMPLAINTS = {
  BAD_DIRECTIVE: "found unknown directive name",
  BAD_DQ_ESCAPE: "found unknown escape character",
  BLOCK_AS_IMPLICIT_KEY: "mapping values are not allowed in this context",
  BLOCK_IN_FLOW: "did not find expected node content",
  MISSING_CHAR: "found unexpected end of stream",
  MULTILINE_IMPLICIT_KEY: "could not find expected ':'",
  UNEXPECTED_TOKEN: "did not find expected node content",
};
// Tags and anchors that stand right before a value.
const PROPERTIES = /(?:(?<![^\s,[\]{}])[&!]\S*\s*)+$/;
// Quoted texts that go on behind their last quote, since it is escaped.
const LASTS = { QUOTE_SINGLE: /^'(?:[^']|'')*''$|^'$/, QUOTE_DOUBLE: /(?<!\\)(?:\\\\)*\\"$|^"$/ };
const HALF = /(?<!\\)(?:\\\\)*\\(?:u|U0000)[dD][89a-fA-F]/;
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
// Plain tags that say nothing new: a value is read as it looks, and the tag stays where it stands.
const known = (tags) => LIMITS.tags.filter((one) => !tags.some(({ tag }) => tag === one)).map((tag) => ({ tag, resolve: (said) => said }));
export const OPTIONS = {
  schema: "failsafe", customTags: (tags) => [NOTHING, ...tags.map(quoting), ...known(tags)], logLevel: "silent", uniqueKeys: false,
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
  try {
    return read(source, parsed(source));
  } catch (refused) {
    if (refused instanceof RangeError) return nothing(problem("Y106", [], { limit: LIMITS.depth }));  // brackets so deep that the stack ran out

    if (!refused.code) throw refused;
    return nothing(refused);
  }
}

/** Read what was parsed, and once more with its lines moved where that lets the library follow. */
function read(source, { docs, lines }) {
  const refused = unprintable(source, lines);
  if (refused) throw refused;
  const broken = docs.length ? syntax(docs[0], source, lines) : null;
  if (!broken) return walked(source, docs, lines);
  const { text: moved, by } = ["Y102", "Y103"].includes(broken.code) ? straightened(source) : { by: [] };
  if (!by.some(Boolean)) throw broken;
  const again = parsed(moved, by);
  if (!again.docs.length || syntax(again.docs[0], moved, again.lines)) throw broken;
  return walked(moved, again.docs, again.lines);
}

function walked(source, docs, lines) {
  const tab = docs.length ? tabbed(docs[0], source) : null;
  if (tab) throw tab;
  return new Walk(source, lines).document(docs);
}

/** The documents of a text, and what tells line and column of an offset; `by` says how far lines were moved. */
function parsed(source, by = []) {
  const counter = new YAML.LineCounter();
  const docs = YAML.parseAllDocuments(source, { ...OPTIONS, lineCounter: counter });
  const linePos = (offset) => {
    const { line, col } = counter.linePos(offset);
    return { line, col: col - (by[line - 1] ?? 0) };
  };
  return { docs, lines: { linePos } };
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
  const error = [...doc.errors, ...doc.warnings].filter(matters).sort((one, two) => one.pos[0] - two.pos[0])[0] ?? unclosed(doc.contents, source);
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

/** Whether the program, too, would refuse what the library complains of. */
function matters(error) {
  if (error.name === "YAMLWarning") return error.code === "BAD_DIRECTIVE";
  return !error.message.startsWith("Comments must be separated");
}

/** The first tab in the indentation of a line that is no part of a text or a bracket. */
function tabbed(doc, source) {
  const inside = /^ *\t/m.test(source) ? spans(doc.contents) : null;
  if (!inside) return null;
  for (const found of source.matchAll(/^ *\t/gm)) {
    const at = found.index + found[0].length - 1;
    if (inside.some(([from, to]) => from < at && at < to)) continue;
    return { ...problem("Y103", []), at: [source.slice(0, at).split("\n").length, found[0].length] };
  }
  return null;
}

/** Where texts and brackets stand, from and to. */
function spans(root) {
  return [...nodes(root)].filter((node) => node.range && (node.flow || !node.items)).map((node) => node.range);
}

/** A quoted text whose end the library took for granted where its line ends in a quote that ends nothing. */
function unclosed(root, source) {
  for (const node of nodes(root)) {
    if (LASTS[node.type]?.test(source.slice(...node.range))) return { code: "MISSING_CHAR", pos: node.range };
  }
  return null;
}

/** Every key, value and collection of a document. */
function* nodes(root) {
  const open = [root];
  while (open.length) {
    const node = open.pop();
    if (YAML.isPair(node)) open.push(node.key, node.value);
    else if (node) {
      yield node;
      for (const item of node.items ?? []) open.push(item);
    }
  }
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
  constructor(source, lines) {
    this.source = source;
    this.lines = lines;
    this.marks = new Map();
    this.problems = [];
    this.anchors = new Map();
    this.count = 0;
    this.inBracket = false;
    this.again = false;  // under a key that stood above already: read for its problems only
  }

  document(docs) {
    const [doc] = docs;
    if (docs.length > 1) this.refuse("Y108", docs[1]);
    const root = doc?.contents;
    const empty = !root || (YAML.isScalar(root) && root.value === null) || (YAML.isScalar(root) && this.scalar(root, []) === null);
    if (empty) throw problem("Y110", []);
    if (!YAML.isMap(root)) {
      this.tag(root);
      throw { ...problem("Y111", [], { kind: YAML.isSeq(root) ? () => _("list") : () => _("text") }), at: this.place(root) };
    }
    const plain = this.value(root, [], 0);
    return { doc, plain, marks: this.marks, problems: this.problems, stopped: null };
  }

  /** Line and column of a node, or of the tag and the anchor before it. */
  place(node) {
    const at = node?.range?.[0] ?? 0;
    const before = node?.tag || node?.anchor ? PROPERTIES.exec(this.source.slice(Math.max(0, at - 200), at)) : null;
    return place(this.lines, at - (before?.[0].length ?? 0));
  }

  refuse(code, node, values = {}) {
    throw { ...problem(code, [], values), at: this.place(node) };
  }

  grow(node, by = 1) {
    this.count += by;
    if (this.count > LIMITS.values) this.refuse("Y107", node, { limit: LIMITS.values });
  }

  tag(node) {
    if (node.tag && !LIMITS.tags.includes(node.tag)) this.refuse("Y109", node, { tag: node.tag });
  }

  value(node, path, depth) {
    if (node === null || node === undefined) return null;
    if (YAML.isAlias(node)) return this.alias(node);
    this.tag(node);
    const first = this.count;
    this.grow(node);
    if (YAML.isScalar(node)) this.sound(node);
    if (YAML.isScalar(node)) return this.kept(node, first, this.scalar(node, path));
    if (depth >= LIMITS.depth) this.refuse("Y106", node, { limit: LIMITS.depth });
    if (node.anchor) this.anchors.set(node.anchor, null);  // until it ends, an alias of it points into itself
    const outside = this.inBracket;
    this.inBracket ||= node.flow === true;
    const inside = YAML.isSeq(node)
      ? node.items.map((one, at) => this.value(one, [...path, at], depth + 1))
      : this.mapping(node, path, depth);
    this.inBracket = outside;
    return this.kept(node, first, inside);
  }

  kept(node, first, plain) {
    if (node.anchor) this.anchors.set(node.anchor, { plain, size: this.count - first });
    return plain;
  }

  alias(node) {
    if (!this.anchors.has(node.source)) this.refuse("Y114", node, { name: node.source });
    const known = this.anchors.get(node.source);
    if (!known) this.refuse("Y107", node, { limit: LIMITS.values });
    this.grow(node, known.size);
    return known.plain;
  }

  mapping(node, path, depth) {
    const plain = {};
    for (const pair of node.items) {
      this.grow(pair.key);
      if (!YAML.isScalar(pair.key)) {
        const kind = YAML.isMap(pair.key) ? () => _("mapping") : YAML.isSeq(pair.key) ? () => _("list") : () => _("alias");
        this.refuse("Y112", pair.key, { kind });
      }
      this.tag(pair.key);
      this.sound(pair.key);
      this.implicit(pair);
      const key = String(pair.key.value ?? "");
      const here = [...path, key];
      this.warn(pair.key, here);
      if (Object.hasOwn(plain, key)) {
        this.twice(pair, here, depth);
        continue;
      }
      if (!this.again) this.marks.set(here.join("\n"), { key: this.place(pair.key) });
      define(plain, key, this.value(pair.value, here, depth + 1));
    }
    return plain;
  }

  /** Tell of a key that stands here again, and of what is wrong below it. */
  twice(pair, path, depth) {
    const outside = this.again;
    if (!outside) {
      const values = { key: path.at(-1), first: this.marks.get(path.join("\n")).key[0] };
      this.problems.push({ ...problem("Y104", path, values), at: this.place(pair.key) });
    }
    this.again = true;
    this.value(pair.value, path, depth + 1);
    this.again = outside;
  }

  /** Refuse what the library reads and the program does not: escapes of half a character, and some signs in brackets. */
  sound(node) {
    if (this.inBracket && node.type === "PLAIN" && /^[?:]/.test(node.value)) this.broken(node);
    if (node.type === "QUOTE_DOUBLE" && HALF.test(this.source.slice(...node.range))) {
      this.broken(node, "found invalid Unicode character escape code");
    }
  }

  /** Refuse a key that the program would not know as one: too long, on two lines, or without a blank after its colon. */
  implicit({ key, value }) {
    const before = this.source.slice(Math.max(0, key.range[0] - 200), key.range[0]);
    if (/\?\s*$/.test(before)) return;
    if (key.value === null) this.broken(key);
    const [said, after] = [this.source.slice(...key.range), this.source.slice(key.range[1], key.range[1] + 200)];
    const apart = (value !== null && said.includes("\n")) || /^\s*\n\s*:/.test(after);
    if (said.length > LIMITS.key || apart) this.broken(key, "could not find expected ':'");
    if (/\n$/.test(before) && said.startsWith("\ufeff")) this.broken(key);
    if (this.inBracket && key.type === "PLAIN" && /^:[[{\]},]/.test(after)) this.broken(key);
  }

  broken(node, why = "did not find expected node content") {
    const number = LIMITS.complaints[why];
    this.refuse("Y102", node, { reason: () => text(number) });
  }

  /** The value of a scalar: what stands in quotes is a text, whatever it looks like. */
  scalar(node, path) {
    const said = String(node.value ?? "");
    if (isText(node)) return said;
    if (Object.hasOwn(LIMITS.words, said)) return LIMITS.words[said];
    const number = numberIn(said);
    if (number !== null) return number;
    this.warn(node, path);
    return said;
  }

  warn(node, path) {
    const otherwise = isText(node) ? "" : readOtherwise(String(node.value ?? ""));
    if (!otherwise) return;
    const values = { text: node.value, otherwise };
    this.problems.push({ ...problem("Y120", path, values), at: this.place(node) });
  }
}

/** Whether a scalar is quoted, folded or called a text, and so is one whatever it looks like. */
function isText(node) {
  return node.type !== "PLAIN" || node.tag === "tag:yaml.org,2002:str";
}

/** Set a key as a key, even one that objects treat in a special way. */
export function define(object, key, value) {
  Object.defineProperty(object, key, { value, writable: true, enumerable: true, configurable: true });
}

const looksLikeNumber = (said) => PATTERNS.int.test(said) || PATTERNS.float.test(said);

/** The number that a plain text is; null if it is or stays a text. */
function numberIn(said) {
  if (said.length >= LIMITS.digits || !looksLikeNumber(said)) return null;
  const number = Number(said);
  return Math.abs(number) < LIMITS.number ? number + 0 : null;  // without a sign before zero
}

/** What a program of YAML 1.1 would make of a plain text; empty if the same as we do. */
export function readOtherwise(said) {
  if (PATTERNS.boolean.test(said)) return ["y", "yes", "on"].includes(said.toLowerCase()) ? "true" : "false";
  if (numberIn(said) === null && looksLikeNumber(said)) return () => _("a number that may lose digits");
  if (PATTERNS.octal.test(said)) return () => _("an octal number");
  return PATTERNS.base60.test(said) ? () => _("a number in base 60") : "";
}

/** Whether a plain text would be read as something else than a text, by us or by others. */
export function needsQuotes(said) {
  return Object.hasOwn(LIMITS.words, said) || readOtherwise(said) !== "" || /^[-+.]*[0-9]/.test(said);
}
