// Checks values against the models of the program, which come as JSON Schema inside the page.
import { _, data, nearest, problem, text } from "./text.js";

/** The keys that tell the form of an answer, and the state that each of them gives it. */
export const STATES = {
  level: "level", unknown: "unknown", between: "unknown", not_applicable: "not_applicable", disputed: "disputed",
};
const TRUTH = new Set(["yes", "no", "y", "n", "t", "f", "true", "false", "on", "off", "1", "0"]);

/** Whether `value` is a mapping of keys to values. */
export function isMapping(value) {
  return value !== null && typeof value === "object" && !Array.isArray(value);
}

/** A short picture of what was written, to be said in the language that is shown. */
export function picture(value) {
  if (isMapping(value)) return () => _("a mapping");
  if (Array.isArray(value)) return () => _("a list");
  if (value === null || value === undefined) return () => "«" + _("nothing") + "»";
  return `«${[...asPrinted(value)].slice(0, 60).join("")}»`;
}

/** A value as the program prints it: small numbers with an exponent of two digits. */
function asPrinted(value) {
  const small = typeof value === "number" && value !== 0 && Math.abs(value) < 1e-4;
  return small ? value.toExponential().replace(/-(\d)$/, "-0$1") : String(value);
}

/** A text without blanks around it, by what Unicode calls blank, as the program trims it. */
export function trimmed(said) {
  return said.replace(/^\p{White_Space}+|\p{White_Space}+$/gu, "");
}

/** A reason without figures, by its kind in assess/reasons.py. */
export function reason(kind) {
  return () => text(data.reasons[kind]);
}

/** The names of the keys of a model. */
export function keysOf(model) {
  return Object.keys(schemaOf(model).properties);
}

function schemaOf(model) {
  return model === "Questionnaire" ? data.models : data.models.$defs[model];
}

/**
 * Check a mapping against the model `model`.
 * @returns {Problem[]} what is missing (Q201), not known (Q202) or does not fit (Q203)
 */
export function againstModel(model, value, path) {
  if (!isMapping(value)) return [misfit(path, value, reason("model_type"))];
  const schema = schemaOf(model);
  const found = [];
  for (const key of schema.required ?? []) {
    if (!Object.hasOwn(value, key)) found.push(problem("Q201", path.length ? path : [key], { key }));
  }
  for (const [key, inside] of Object.entries(value)) {
    if (Object.hasOwn(schema.properties, key)) found.push(...againstSchema(schema.properties[key], inside, [...path, key], key));
    else found.push(problem("Q202", [...path, key], { key }, nearest(key, keysAt([...path, key]))));
  }
  return found;
}

/** The keys that may stand where `path` stands. */
function keysAt(path) {
  if (path.length === 1) return keysOf("Questionnaire");
  if (path.slice(0, -1).includes("parties")) return path.length > 3 ? keysOf("Party") : ["A", "B"];
  if (path[0] === "bodies") return keysOf(path.includes("together") ? "Answered" : "Participation");
  const model = { relationship: "Relationship", answered_by: "Rater", evidence: "Evidence" }[path[0]];
  return model ? keysOf(model) : [...Object.keys(STATES), ...keysOf("Answered")];
}

function misfit(path, value, why) {
  return problem("Q203", path, { value: picture(value), reason: value === null ? reason("missing") : why });
}

/** Check a value against a schema; `key` tells partial dates apart, whose pattern no schema states. */
function againstSchema(schema, value, path, key) {
  if (schema.anyOf) {
    if (value === null && schema.anyOf.some((one) => one.type === "null")) return [];
    return againstSchema({ ...schema, ...schema.anyOf.find((one) => one.type !== "null"), anyOf: undefined }, value, path, key);
  }
  if (key === "date") return partialDate(value) ? [misfitDate(path, value)] : [];
  if (schema.$ref) return againstModel(schema.$ref.split("/").pop(), value, path);
  if (schema.enum) {
    const words = { value: picture(value), reason: expected(schema.enum) };
    return schema.enum.includes(value) ? [] : [problem("Q203", path, words)];
  }
  return (OF_TYPE[schema.type] ?? (() => []))(schema, value, path);
}

const OF_TYPE = {
  string(schema, value, path) {
    if (schema.format === "date") return day(value) ? [] : [misfit(path, value, reason("no_such_day"))];
    if (typeof value !== "string") return [misfit(path, value, reason("string_type"))];
    const length = [...(path.length === 1 && path[0] === "marking" ? trimmed(value) : value)].length;
    if (length < (schema.minLength ?? 0)) return [misfit(path, value, reason("string_too_short"))];
    if (length > (schema.maxLength ?? Infinity)) {
      return [misfit(path, value, () => _("it has more than {count} characters", { count: schema.maxLength }))];
    }
    if (schema.pattern && !new RegExp(schema.pattern, "u").test(value)) return [misfit(path, value, reason(schema.pattern))];
    return [];
  },
  boolean(schema, value, path) {
    const fits = typeof value === "boolean" || value === 0 || value === 1
      || (typeof value === "string" && TRUTH.has(value.toLowerCase()));
    return fits ? [] : [misfit(path, value, reason("bool_type"))];
  },
  integer(schema, value, path) {
    if (!Number.isInteger(value)) return [misfit(path, value, reason("int_type"))];
    if (value < schema.minimum) return [misfit(path, value, () => _("it should be at least {count}", { count: schema.minimum }))];
    return [];
  },
  array(schema, value, path) {
    if (!Array.isArray(value)) return [misfit(path, value, reason("list_type"))];
    const missing = Array.from({ length: Math.max(0, (schema.minItems ?? 0) - value.length) }, (_one, at) => value.length + at);
    if (value.length > (schema.maxItems ?? Infinity)) {
      return [misfit(path, value, () => _("it should have at most {count} entries", { count: schema.maxItems }))];
    }
    const misfits = value.flatMap((one, at) => againstSchema(schema.prefixItems?.[at] ?? schema.items ?? {}, one, [...path, at]));
    return [...missing.map((at) => problem("Q201", path, { key: String(at) })), ...misfits];
  },
  object(schema, value, path) {
    if (!isMapping(value)) return [misfit(path, value, reason("mapping_type"))];
    return Object.entries(value).flatMap(([key, one]) => againstSchema(schema.additionalProperties ?? {}, one, [...path, key]));
  },
};

function expected(words) {
  if (words.length === 1) return () => _("it should be {names}", { names: words[0] });
  return () => _("it should be {names} or {last}", { names: words.slice(0, -1).join(", "), last: words.at(-1) });
}

// --- days ---------------------------------------------------------------------------------------

/** Whether a text is a day of the calendar, written like 2026-11-23. */
export function day(value) {
  return typeof value === "string" && /^\d{4}-\d{2}-\d{2}$/.test(value) && partialDate(value) === "";
}

/** Why a value is no day, month or year; empty if it is one. */
export function partialDate(value) {
  const match = /^(\d{4})(?:-(\d{2}))?(?:-(\d{2}))?$/.exec(Number.isInteger(value) ? String(value) : value);
  if (typeof value === "boolean" || !match) return "form";
  const [year, month, at] = [Number(match[1]), Number(match[2] ?? 1), Number(match[3] ?? 1)];
  const made = new Date(Date.UTC(2000, month - 1, at));
  made.setUTCFullYear(year, month - 1, at);
  return year > 0 && made.getUTCMonth() === month - 1 && made.getUTCDate() === at ? "" : "calendar";
}

function misfitDate(path, value) {
  return misfit(path, value, partialDate(value) === "calendar" ? reason("no_such_day")
    : () => _("a date is written 2024-07-15, 2024-07 or 2024"));
}

/** The first day that a partial date can mean, as a text that sorts by time. */
export function earliest(partial) {
  const [year, month = "01", at = "01"] = String(partial).split("-");
  return `${year}-${month}-${at}`;
}
