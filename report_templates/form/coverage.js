// How much is known, computed as the program computes coverage (method rules 2 to 4).
import { data } from "./text.js";
import { isMapping, earliest, partialDate } from "./schema.js";
import { BODY_SLOTS, readAnswers, TOP } from "./check.js";

const { caps, levels } = data.rubric;
const EXCUSED = null;

/** Points of a level; between two levels by straight line. */
function points(level) {
  const lower = Math.floor(level);
  if (lower >= TOP) return levels[TOP][0];
  return levels[lower][0] + (levels[lower + 1][0] - levels[lower][0]) * (level - lower);
}

/** Whole months from a partial date to `asOf`, at least 0; null without a date. */
function ageInMonths(partial, asOf) {
  if (!partial || partialDate(partial) || partialDate(asOf)) return null;
  const [year, month, at] = earliest(partial).split("-").map(Number);
  const [toYear, toMonth, toDay] = earliest(asOf).split("-").map(Number);
  return Math.max(0, (toYear - year) * 12 + toMonth - month - (toDay < at ? 1 : 0));
}

function agedLevel(level, age, ageing) {
  if (ageing.kind === "elapsed") {
    const held = Object.entries(ageing.limits).filter(([, months]) => age !== null && age <= months).map(([at]) => Number(at));
    return Math.min(level, Math.max(0, ...held));
  }
  if (ageing.kind === "none" || level < ageing.from) return level;
  const lost = age === null ? 2 : Math.min(2, Math.floor(Math.max(0, age - 1) / ageing.window));
  return Math.max(level - lost, ageing.from - 1);
}

function publisher(source) {
  if (source.publisher) return String(source.publisher).toLowerCase();
  try {
    return new URL(source.url).hostname.replace(/^www\./, "");
  } catch {
    return "";
  }
}

/** The highest level that these sources carry for a slot of a question. */
function cap(sources, slot, type) {
  const official = sources.filter((one) => one.grade === "A");
  if (official.length) {
    const of = new Set(official.map((one) => one.source));
    const covers = of.has("both") || (type === "S" ? of.has(slot) : of.has("A") && of.has("B"));
    return covers ? caps.official_each_side : caps.official[type];
  }
  const reports = new Set(sources.filter((one) => one.grade === "B").map(publisher));
  if (reports.size >= 2) return caps.corroborated;
  if (reports.size) return caps.single;
  return sources.length ? caps.weak : caps.none;
}

/** The level that counts of a level that was answered: what its evidence carries, after ageing. */
export function effectiveLevel(level, answer, question, slot, register, asOf) {
  const cited = [...new Set(answer.evidence ?? [])].map((id) => register[id])
    .filter((one) => isMapping(one) && one.counter !== true)
    .map((one) => [one, ageInMonths(one.date, asOf)]);
  const own = ageInMonths(answer.date, asOf);
  const ages = new Set([...cited.map(([, age]) => age), own].filter((age) => age !== null));
  return Math.max(...[...ages, null].map((limit) => {
    const support = cited.filter(([, age]) => limit === null || (age !== null && age <= limit)).map(([one]) => one);
    return agedLevel(Math.min(level, cap(support, slot, question.type)), limit, question.ageing);
  }));
}

/** The value of one answer: its limits in points and whether it is known; EXCUSED where it does not apply. */
function valueOf(answer, question, slot, register, asOf) {
  if (!answer || (answer.state === "unknown" && !Array.isArray(answer.between))) return { low: points(0), high: points(TOP), known: false };
  if (answer.state === "not_applicable") return EXCUSED;
  const shown = (level) => points(effectiveLevel(level, answer, question, slot, register, asOf));
  if (answer.state === "unknown") {
    const claim = { evidence: answer.evidence };
    return { low: points(effectiveLevel(answer.between[0], claim, question, slot, register, asOf)), high: points(answer.between[1]), known: false };
  }
  const ends = (answer.state === "level" ? [answer.level] : answer.values).map(shown);
  return { low: ends[0], high: ends.at(-1), known: true };
}

const RULES = {
  lower: (values) => Math.min(...values),
  higher: (values) => Math.max(...values),
  mean: (values) => values.reduce((sum, one) => sum + one, 0) / values.length,
};

/** The pair's value of a question: an unknown side leaves open what the known side does not settle. */
function pairValue(values, rule) {
  const applicable = values.filter((value) => value !== EXCUSED);
  if (!applicable.length) return EXCUSED;
  const [low, high] = [RULES[rule](applicable.map((one) => one.low)), RULES[rule](applicable.map((one) => one.high))];
  return { low, high, known: applicable.every((one) => one.known) || low === high };
}

/** Whether an answer can be reckoned with; one that breaks a rule counts as open. */
function sound(answer) {
  const level = (one) => Number.isInteger(one) && one >= 0 && one <= TOP;
  const pair = (two) => Array.isArray(two) && two.length === 2 && two.every(level);
  if (answer.evidence !== undefined && !Array.isArray(answer.evidence)) return false;
  if (answer.state === "level") return level(answer.level);
  if (answer.state === "disputed") return pair(answer.values);
  return answer.state === "not_applicable" || (answer.state === "unknown" && pair(answer.between ?? [0, TOP]));
}

/**
 * How a question stands.
 * @returns {{known: boolean, excused: boolean, blank: string[], unknown: string[]}} `blank` and `unknown` name slots
 */
export function standing(plain, section, question) {
  const given = isMapping(plain[section]) ? plain[section][question.id] : undefined;
  const answers = readAnswers(section, question.id, given);
  const slots = question.type === "P" ? ["pair"] : ["A", "B"];
  const register = isMapping(plain.evidence) ? plain.evidence : {};
  const values = slots.map((slot) => (answers[slot] && sound(answers[slot])
    ? valueOf(answers[slot], question, slot, register, plain.as_of)
    : valueOf(null, question, slot, register, plain.as_of)));
  const value = pairValue(values, question.rule);
  return {
    known: value !== EXCUSED && value.known,
    excused: value === EXCUSED,
    blank: slots.filter((slot) => !answers[slot]),
    unknown: slots.filter((slot) => answers[slot]?.state === "unknown"),
  };
}

/**
 * The coverage of a group of questions: the weight of what is known over the weight of what applies, 0 to 1.
 * @returns {{coverage: ?number, blank: number, total: number}} `coverage` is null where nothing applies
 */
export function groupCoverage(plain, section, group) {
  let [known, applicable, blank] = [0, 0, 0];
  for (const question of group.questions) {
    const now = standing(plain, section, question);
    blank += now.blank.length ? 1 : 0;
    if (now.excused) continue;
    applicable += question.weight;
    if (now.known) known += question.weight;
  }
  return { coverage: share(known, applicable), blank, total: group.questions.length };
}

/** A part of a whole, without what floating point adds, as the program settles it; null where nothing applies. */
function share(part, whole) {
  return whole ? Math.round((part / whole) * 1e12) / 1e12 : null;
}

/** The coverage over all groups by their weights, 0 to 1; null where nothing applies. */
export function totalCoverage(plain, section, groups) {
  let [sum, weights] = [0, 0];
  for (const group of groups) {
    const { coverage } = groupCoverage(plain, section, group);
    if (coverage === null) continue;
    sum += group.weight * coverage;
    weights += group.weight;
  }
  return share(sum, weights);
}

/** How far the bodies of a system are answered: places that are known over places that apply. */
export function systemCoverage(plain, bodies) {
  let [known, applicable, blank] = [0, 0, 0];
  for (const body of bodies) {
    const now = bodyStanding(plain, body);
    blank += now.blank.length ? 1 : 0;
    applicable += now.applicable;
    known += now.known;
  }
  return { coverage: share(known, applicable), blank, total: bodies.length };
}

/** How a body stands: how many places apply and are known, and which are blank or unknown. */
export function bodyStanding(plain, body) {
  const given = isMapping(plain.bodies) ? plain.bodies[body.id] : undefined;
  const answers = readAnswers("bodies", body.id, given);
  const out = (side) => answers[side]?.state === "status" && data.rubric.statuses[answers[side].status][0] === null;
  const applies = { A: !out("A"), B: !out("B"), together: !out("A") && !out("B") };
  const open = BODY_SLOTS.filter((slot) => applies[slot] && (!answers[slot] || answers[slot].state === "unknown"));
  const applicable = BODY_SLOTS.filter((slot) => applies[slot]).length;
  return {
    applicable, known: applicable - open.length,
    blank: open.filter((slot) => !answers[slot]), unknown: open.filter((slot) => answers[slot]),
  };
}

/** Every question and body that is open, in the order of the form. */
export function openPlaces(plain) {
  const found = [];
  const add = (section, group, key, now) => (now.blank.length || now.unknown.length)
    && found.push({ section, group, key, blank: now.blank.length > 0 });
  for (const [section, groups] of [["answers", data.rubric.components], ["challenges", data.rubric.challenges]]) {
    for (const group of groups) for (const q of group.questions) add(section, group.id, q.id, standing(plain, section, q));
  }
  for (const body of Object.values(data.rubric.bodies)) add("bodies", body.system, body.id, bodyStanding(plain, body));
  return found;
}
