// Takes over what can be read of a broken file, and keeps the rest.
import { data } from "./text.js";
import { readYaml } from "./read.js";

const MOST = 12;

/**
 * Leave out the entries that cannot be read, each whole, so that nothing under one ends up under another.
 * @returns {{read: Object, rest: string, lines: string}} the rest as text, and where it stood: lines such as «4, 17–20»
 */
export function salvaged(source) {
  const lines = source.split("\n");
  const gone = [];
  for (let count = 0; count < MOST; count += 1) {
    const read = readYaml(lines.join("\n"));
    if (read.stopped === null) return accounted(read, source, gone);
    gone.push(leaveOut(lines, firstUnreadable(lines)));
  }
  const [from] = firstUnreadable(lines);
  gone.push(leaveOut(lines, [from, lines.length]));
  const read = readYaml(lines.join("\n"));
  return read.stopped === null ? accounted(read, source, gone) : accounted(readYaml(data.start), source, [[0, lines.length]]);
}

function accounted(read, source, gone) {
  const lines = source.split("\n");
  const parts = gone.sort(([one], [two]) => one - two);
  return {
    read,
    rest: parts.map(([from, to]) => lines.slice(from, to).join("\n")).join("\n"),
    lines: parts.map(([from, to]) => (to - from > 1 ? `${from + 1}–${to}` : `${from + 1}`)).join(", "),
  };
}

/** Empty the lines from `from` up to `to`, so that the others keep their numbers. */
function leaveOut(lines, [from, to]) {
  lines.fill("", from, to);
  return [from, to];
}

/** The lines of the first entry that cannot be read: the text before it is sound, with it no longer. */
function firstUnreadable(lines) {
  const indents = lines.map((line) => (/^\s*(#|$)/.test(line) ? null : /^ */.exec(line)[0].length));
  const step = Math.min(...indents.filter((indent) => indent), Infinity);
  const starts = indents.flatMap((indent, at) => (indent !== null && indent <= step ? [at] : []));
  let [sound, broken] = [0, starts.length];  // the first `sound` entries can be read, the first `broken` cannot
  while (broken - sound > 1) {
    const middle = (sound + broken) >> 1;
    const read = readYaml(lines.slice(0, starts[middle]).join("\n"));
    if (read.stopped === null) sound = middle;
    else broken = middle;
  }
  const from = starts[sound] ?? 0;
  const to = starts.slice(sound + 1).find((at) => indents[at] <= indents[from]);
  return [from, to ?? lines.length];
}
