// Lines inside brackets and quotes: the program takes them however they are indented, the YAML library does not.

const ENDS = { "[": "]", "{": "}" };
const STARTS = /(?:^\s*|[-?:]\s+|[[{,]\s*)(?:[&!]\S+\s+)*$/;  // what stands before the first sign of a value
const BLOCK = /^[|>][-+0-9]*\s*(?:#.*)?$/;

/** The text with such lines indented deeper than what holds them, and by how much each line was moved. */
export function straightened(source) {
  const reader = new Reader();
  const by = source.split("\n").map((line) => reader.line(line));
  return { text: source.split("\n").map((line, at) => " ".repeat(by[at]) + line).join("\n"), by };
}

/** Reads line by line which brackets and quotes are open. */
class Reader {
  constructor() {
    this.open = [];      // the signs that end what is open
    this.block = null;   // the indentation of what holds the text after | or >
    this.column = 0;     // where the entry starts that holds what is open
  }

  /** By how much this line is to be moved. */
  line(line) {
    const indent = /^ */.exec(line)[0].length;
    const blank = !line.trim();
    if (/^(?:---|\.\.\.)(?:\s|$)/.test(line)) this.open = [];  // a document ends here, whatever is open
    if (this.block !== null && (blank || indent > this.block)) return 0;
    this.block = null;
    const by = this.open.length && !blank ? Math.max(0, this.column + 1 - indent) : 0;
    if (!this.open.length) this.column = /^(?: |[-?] )*/.exec(line)[0].length;
    for (let at = 0; at < line.length; at += 1) at += this.sign(line, at);
    return by;
  }

  /** Take one sign in; the answer is how many more are done with it. */
  sign(line, at) {
    const [sign, end] = [line[at], this.open.at(-1)];
    if (end === "\"" && sign === "\\") return 1;
    if (end === "'" && sign === "'" && line[at + 1] === "'") return 1;
    if (sign === end) this.open.pop();
    else if (end !== "\"" && end !== "'") return this.outside(line, at, sign);
    return 0;
  }

  outside(line, at, sign) {
    if (sign === "#" && /^$|\s$/.test(line.slice(0, at))) return line.length;
    if (!"\"'[{|>".includes(sign) || !STARTS.test(line.slice(0, at))) return 0;
    if (!"|>".includes(sign)) this.open.push(ENDS[sign] ?? sign);
    else if (!this.open.length && BLOCK.test(line.slice(at))) {
      this.block = this.column;
      return line.length;
    }
    return 0;
  }
}
