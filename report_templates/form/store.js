// Files in and out, and the copy in the browser, which is kept only where somebody asked for it.
import { _, problem } from "./text.js";

const LINE_END = /\r\n|\r|\n/g;
const KINDS = [
  [[0x50, 0x4b], () => _("a workbook or another packed file")],
  [[0x25, 0x50, 0x44, 0x46], () => _("a PDF")],
  [[0xd0, 0xcf, 0x11, 0xe0], () => _("a document of an older office program")],
  [[0x89, 0x50, 0x4e, 0x47], () => _("a picture")],
];

/** Offer a text for saving as the file `name`. */
export function download(name, content) {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([content], { type: "application/yaml" }));
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}

/**
 * The text of a file that somebody chose, whatever ends its lines.
 * @throws {Problem} F706, it is something else; Y113, it is not UTF-8
 */
export async function textOf(file) {
  const bytes = new Uint8Array(await file.arrayBuffer());
  const kind = KINDS.find(([start]) => start.every((byte, at) => bytes[at] === byte));
  if (kind) throw problem("F706", [], { name: file.name, kind: kind[1] });
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes).replace(LINE_END, "\n");
  } catch {
    throw { ...problem("Y113", []), at: firstBroken(bytes) };
  }
}

/** Line and column, counted from 1, of the first bytes that are no UTF-8. */
function firstBroken(bytes) {
  let [sound, broken] = [0, bytes.length];  // what stands before `sound` can be read, what stands before `broken` cannot
  while (broken - sound > 1) {
    const middle = (sound + broken) >> 1;
    if (soFar(bytes.subarray(0, middle)) === null) broken = middle;
    else sound = middle;
  }
  const lines = soFar(bytes.subarray(0, sound)).split(LINE_END);
  return [lines.length, [...lines.at(-1)].length + 1];
}

/** The text of bytes that may end within a character; null if they are no UTF-8. */
function soFar(bytes) {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes, { stream: true });
  } catch {
    return null;
  }
}

// --- the copy in the browser --------------------------------------------------------------------

/** Keeps a copy of the answers in this browser under `key`, once it was switched on. */
export class Copy {
  constructor(key) {
    this.key = key;
    this.failed = null;
  }

  /** The copy that is kept, or null. */
  read() {
    try {
      const kept = localStorage.getItem(this.key);
      return kept === null ? null : JSON.parse(kept);
    } catch {
      return null;
    }
  }

  /** Keep this copy; what forbids it is remembered as a problem. */
  write(copy) {
    try {
      localStorage.setItem(this.key, JSON.stringify(copy));
      this.failed = null;
    } catch (error) {
      const full = error instanceof DOMException && error.name === "QuotaExceededError";
      this.failed = problem("F704", [], { reason: () => (full ? _("its store is full") : _("it does not allow storing")) });
    }
    return this.failed === null;
  }

  /** Wipe the copy. */
  wipe() {
    try {
      localStorage.removeItem(this.key);
    } catch {
      // where nothing may be stored, nothing is stored
    }
  }
}
