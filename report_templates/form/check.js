// Checks a questionnaire: the same problems at the same places as «assess check».
import { _, data, nearest, problem } from "./text.js";
import { againstModel, day, earliest, isMapping, partialDate, picture, reason, STATES, trimmed } from "./schema.js";

const RUBRIC = data.rubric;
export const QUESTIONS = {
  answers: Object.fromEntries(RUBRIC.components.flatMap((group) => group.questions.map((q) => [q.id, q]))),
  challenges: Object.fromEntries(RUBRIC.challenges.flatMap((group) => group.questions.map((q) => [q.id, q]))),
};
export const BODY_SLOTS = ["A", "B", "together"];
export const TOP = RUBRIC.levels.length - 1;
export const TOP_TOGETHER = Math.max(0, ...Object.keys(RUBRIC.together).map(Number));
export const MODELS = { level: "Answered", unknown: "Unknown", not_applicable: "NotApplicable", disputed: "Disputed", status: "Participation" };
const OWN_NAMES = ["reason", "values"];  // how the models call what stands in the file under the name of its state
export const isBlank = (value) => value === null || value === undefined || value === "" || (isMapping(value) && !Object.keys(value).length);
const near = (word, names) => (typeof word === "string" ? nearest(word, names) : []);
const same = (one, two) => one.length === two.length && one.every((part, at) => part === two[at]);

/** All problems of a questionnaire in plain data, in the order in which they are met. */
export function checkQuestionnaire(plain) {
  return new Checker(plain).run();
}

/** The answers of one question as the program reads them: slot to answer with its `state`; what is broken is left out. */
export function readAnswers(section, key, value) {
  const checker = new Checker({});
  return section === "bodies" ? checker.body(RUBRIC.bodies[key], value) : checker.slots(QUESTIONS[section][key], value, [section, key]);
}

class Checker {
  constructor(plain) {
    this.plain = plain;
    this.problems = [];
  }

  report(code, path, values = {}, names = []) {
    this.problems.push(problem(code, path, values, names));
  }

  run() {
    const plain = { ...this.plain };
    if ("as_of" in plain && !(typeof plain.as_of === "string" && /^\d{4}-\d{2}-\d{2}$/.test(plain.as_of))) {
      this.report("Q203", ["as_of"], { value: picture(plain.as_of), reason: reason("date_type") });
      plain.as_of = null;
    }
    this.rubricLine(plain.rubric);
    const read = {};
    for (const section of ["answers", "challenges"]) read[section] = this.section(section, plain[section]);
    read.bodies = this.bodies(plain.bodies);
    if (plain.evidence === null) delete plain.evidence;
    const misfits = this.models(plain, read);
    for (const found of misfits) if (!(found.code === "Q203" && this.already(found.path))) this.problems.push(found);
    this.citations(plain.evidence);
    if (!misfits.length) this.whole(plain, read);
    return this.problems;
  }

  rubricLine(named) {
    if (typeof named !== "string") return;
    const [id, version = RUBRIC.version] = named.split(/\p{White_Space}+/u).filter(Boolean);
    if (id !== RUBRIC.id || !`${RUBRIC.version}.`.startsWith(`${version}.`)) {
      this.report("Q204", ["rubric"], { named, loaded: `${RUBRIC.id} ${RUBRIC.version}` });
    }
  }

  // --- short forms to answers with a state ------------------------------------------------------

  section(section, given) {
    if (given === null || given === undefined) return {};
    if (!isMapping(given)) return this.notAMapping(section, given);
    const known = {};
    for (const [key, value] of Object.entries(given)) {
      const question = Object.hasOwn(QUESTIONS[section], key) ? QUESTIONS[section][key] : null;
      if (question) known[key] = this.slots(question, value, [section, key]);
      else this.report("Q205", [section, key], { key }, nearest(key, Object.keys(QUESTIONS[section])));
    }
    return known;
  }

  notAMapping(section, given) {
    this.report("Q203", [section], { value: picture(given), reason: () => _("a mapping of ids to answers belongs here") });
    return {};
  }

  slots(question, value, path) {
    const bySide = isMapping(value) && ("A" in value || "B" in value);
    if (question.type === "P" && bySide) {
      const side = "A" in value ? "A" : "B";
      this.report("Q210", [...path, side], { side, key: question.id });
      return {};
    }
    if (question.type === "P") return this.slot("pair", question, value, path, false);
    if (bySide) return this.sides(question, value, path);
    if (Number.isInteger(value) || typeof value === "boolean" || (isMapping(value) && ("level" in value || "disputed" in value))) {
      this.report("Q211", path, { what: () => (question.type === "S" ? _("side") : _("direction")), key: question.id });
      return {};
    }
    return { ...this.slot("A", question, value, path, false), ...this.slot("B", question, value, path, true) };
  }

  sides(question, value, path) {
    const slots = {};
    for (const [side, answer] of Object.entries(value)) {
      if (side === "A" || side === "B") Object.assign(slots, this.slot(side, question, answer, [...path, side], false));
      else this.report("Q202", [...path, side], { key: side }, nearest(side, ["A", "B"]));
    }
    return slots;
  }

  /** `quiet` is set where one text stands for both sides and was checked for the first already. */
  slot(slot, question, value, path, quiet) {
    const answer = this.answer(question, value, path, quiet);
    return answer === null ? {} : { [slot]: answer };
  }

  answer(question, value, path, quiet) {
    if (isBlank(value)) {
      if (!quiet) this.report("Q224", path, { key: question.id });
      return null;
    }
    if (Number.isInteger(value)) return this.longForm(question, { level: value }, path, quiet);
    if (value === "unknown") return { state: "unknown" };
    if (isMapping(value)) return this.longForm(question, value, path, quiet);
    if (!quiet) this.report("Q212", path, { found: picture(value) }, near(String(value), ["unknown"]));
    return null;
  }

  longForm(question, value, path, quiet) {
    const keys = Object.keys(value);
    const said = keys.filter((key) => Object.hasOwn(STATES, key));
    const states = new Set(said.map((key) => STATES[key]));
    if (states.size !== 1) {
      const names = states.size ? [] : keys.flatMap((key) => nearest(key, ["level", "unknown", "not_applicable", "disputed"])).slice(0, 2);
      if (!quiet) this.report("Q212", path, { found: said.length ? said.join(", ") : () => _("none of them") }, names);
      return null;
    }
    const [state] = states;
    const plain = Object.fromEntries(Object.entries(value).filter(([key]) => !OWN_NAMES.includes(key)));
    for (const key of quiet ? [] : keys.filter((one) => OWN_NAMES.includes(one))) {
      this.report("Q202", [...path, key], { key }, keys.filter((one) => Object.hasOwn(MODELS, one)));
    }
    return { state, ...this[`_${state}`](question, plain, path, quiet) };
  }

  _level(_question, value, path) {
    this.level(value.level, [...path, "level"]);
    return value;
  }

  _unknown(_question, value, path) {
    const { unknown = true, ...rest } = value;
    this.range(rest.between, [...path, "between"]);
    return unknown === true || unknown === null ? rest : { ...rest, reason: unknown };
  }

  _not_applicable(question, value, path, quiet) {
    if (question.excused === null && !quiet) this.report("Q213", path, { key: question.id });
    const { not_applicable: because, ...rest } = value;
    return { ...rest, reason: because };
  }

  _disputed(_question, value, path) {
    const { disputed: values, ...rest } = value;
    this.range(values, [...path, "disputed"]);
    return { ...rest, values };
  }

  range(pair, path) {
    if (!Array.isArray(pair) || pair.length !== 2 || !pair.every(Number.isInteger)) return;  // the model says what is wrong
    pair.forEach((level, at) => this.level(level, [...path, at]));
    if (pair[0] >= pair[1]) this.report("Q214", path, { low: pair[0], high: pair[1] });
  }

  level(level, path) {
    if (Number.isInteger(level) && (level < 0 || level > TOP)) this.report("Q206", path, { value: level, lowest: 0, highest: TOP });
  }

  // --- bodies -----------------------------------------------------------------------------------

  bodies(given) {
    if (given === null || given === undefined) return {};
    if (!isMapping(given)) return this.notAMapping("bodies", given);
    const known = {};
    for (const [key, value] of Object.entries(given)) {
      if (Object.hasOwn(RUBRIC.bodies, key)) known[key] = this.body(RUBRIC.bodies[key], value);
      else this.report("Q222", ["bodies", key], { key }, nearest(key, Object.keys(RUBRIC.bodies)));
    }
    return known;
  }

  body(body, value) {
    const path = ["bodies", body.id];
    const all = (answer) => Object.fromEntries(BODY_SLOTS.map((slot) => [slot, answer]));
    if (isBlank(value)) {
      this.report("Q224", path, { key: body.id });
      return {};
    }
    if (value === "unknown") return all({ state: "unknown" });
    if (isMapping(value) && same(Object.keys(value), ["unknown"]) && typeof value.unknown === "string") {
      return all({ state: "unknown", reason: value.unknown });
    }
    if (!isMapping(value)) {
      this.report("Q203", path, { value: picture(value), reason: () => _("write it as {{A: …, B: …, together: …}}") });
      return {};
    }
    return this.bodySlots(body, value, path);
  }

  bodySlots(body, value, path) {
    const slots = {};
    for (const [slot, answer] of Object.entries(value)) {
      if (!BODY_SLOTS.includes(slot)) this.report("Q202", [...path, slot], { key: slot }, nearest(slot, BODY_SLOTS));
      else {
        const done = this.bodySlot(body, slot === "together" ? "level" : "status", answer, [...path, slot]);
        if (done) slots[slot] = done;
      }
    }
    this.ineligible(body, slots, path);
    return slots;
  }

  /** A side that has no way in cannot do anything together with the other. */
  ineligible(body, slots, path) {
    if (slots.together?.state !== "level") return;
    for (const side of ["A", "B"]) {
      const status = slots[side]?.status;
      if (typeof status === "string" && RUBRIC.statuses[status]?.[0] === null) {
        this.report("Q226", [...path, "together"], { key: body.id, side, status });
        return;
      }
    }
  }

  bodySlot(body, name, value, path) {
    if (isBlank(value)) {
      this.report("Q224", path, { key: body.id });
      return null;
    }
    if (isMapping(value)) return this.bodyLongForm(value, path, name);
    if (value === "unknown") return { state: "unknown" };
    return this.fits(name, value, path) ? { state: name, [name]: value } : null;
  }

  bodyLongForm(value, path, name) {
    const said = [name, "unknown"].filter((key) => key in value);
    if (said.length !== 1) {
      const names = said.length ? [] : Object.keys(value).flatMap((key) => nearest(key, [name, "unknown"])).slice(0, 2);
      this.report("Q225", path, { wanted: `${name}, unknown`, found: said.length ? said.join(", ") : () => _("none of them") }, names);
      return null;
    }
    for (const key of ["state", "between", ...OWN_NAMES]) {
      if (key in value) {
        this.report("Q202", [...path, key], { key });
        return null;
      }
    }
    const { [said[0]]: head, ...rest } = value;
    if (said[0] === name && head === "unknown") return { state: "unknown", ...rest };
    if (said[0] === name) return this.fits(name, head, [...path, name]) ? { state: name, ...value } : null;
    return { state: "unknown", ...rest, ...(head === true || head === null ? {} : { reason: head }) };
  }

  fits(name, value, path) {
    return name === "status" ? this.status(value, path) : this.together(value, path);
  }

  status(value, path) {
    if (typeof value === "string" && Object.hasOwn(RUBRIC.statuses, value)) return true;
    const names = [...Object.keys(RUBRIC.statuses), "unknown"];
    this.report("Q227", path, { value: picture(value), names: names.join(", ") }, near(value, names));
    return false;
  }

  together(value, path) {
    if (Number.isInteger(value) && Object.hasOwn(RUBRIC.together, value)) return true;
    if (Number.isInteger(value)) this.report("Q206", path, { value, lowest: 0, highest: TOP_TOGETHER });
    else this.report("Q203", path, { value: picture(value), reason: () => _("write a level from 0 to {top}, or unknown", { top: TOP_TOGETHER }) });
    return false;
  }

  // --- models -----------------------------------------------------------------------------------

  models(plain, read) {
    const { answers: _answers, challenges: _challenges, bodies: _bodies, ...head } = plain;
    const found = againstModel("Questionnaire", head, []);
    for (const section of ["answers", "challenges", "bodies"]) {
      for (const [key, slots] of Object.entries(read[section])) {
        for (const [slot, answer] of Object.entries(slots)) {
          found.push(...this.model(answer, slot === "pair" ? [section, key] : [section, key, slot]));
        }
      }
    }
    return found;
  }

  model(answer, path) {
    const { state, ...rest } = answer;
    if (!Object.hasOwn(MODELS, state)) {
      const names = "level, unknown, not_applicable, disputed";
      return [problem("Q203", path, { value: picture({}), reason: () => _("it should be {names}", { names }) })];
    }
    const names = { values: "disputed", reason: state };
    return againstModel(MODELS[state], rest, path).map((found) => (
      { ...found, path: found.path.map((part, at) => (at === path.length && Object.hasOwn(names, part) ? names[part] : part)) }));
  }

  /** Whether a clearer message stands at the same place. */
  already(path) {
    return this.problems.some((one) => ["Q203", "Q206", "Q214", "Q213"].includes(one.code) && same(one.path, path));
  }

  // --- what only the whole can tell -------------------------------------------------------------

  whole(plain, read) {
    const { A, B } = plain.relationship.parties;
    if (A.code === B.code) this.report("Q218", ["relationship", "parties", "B", "code"], { code: B.code });
    this.marking(plain.marking);
    for (const [key, source] of Object.entries(plain.evidence ?? {})) {
      this.notAfter(source.date, ["evidence", key, "date"], plain);
      if (source.url && !/^https?:\/\//.test(source.url)) this.report("Q221", ["evidence", key, "url"], { url: source.url });
    }
    for (const section of ["answers", "challenges"]) {
      for (const [key, slots] of Object.entries(read[section])) {
        const question = QUESTIONS[section][key];
        for (const [slot, answer] of Object.entries(slots)) this.lint(plain, question, answer, this.at(section, key, slot));
      }
    }
    for (const [key, slots] of Object.entries(read.bodies)) this.bodyLint(plain, RUBRIC.bodies[key], slots);
  }

  /** A marking that begins with TLP is one of its labels, in whatever letters and spacing. */
  marking(given) {
    if (!given) return;
    const said = trimmed(given);
    if (data.markings.includes(said.toUpperCase().replace(/\p{White_Space}+/gu, "")) || !said.toUpperCase().startsWith("TLP")) return;
    this.report("P450", ["marking"], { label: said }, nearest(said, data.markings));
  }

  /** Where an answer stands in the file; one text for both sides stands at the question. */
  at(section, key, slot) {
    const value = this.plain[section][key];
    return isMapping(value) && slot in value ? [section, key, slot] : [section, key];
  }

  lint(plain, question, answer, path) {
    const key = question.id;
    if (truth(answer.review)) this.report("Q219", path, { key });
    if (answer.state === "unknown" || answer.state === "not_applicable") return;
    this.notAfter(answer.date, [...path, "date"], plain);
    if (!answer.evidence?.length) {
      this.report(answer.state === "level" && answer.level === 0 ? "Q217" : "Q215", path, { key, cap: RUBRIC.caps.none });
    }
    const top = answer.state === "level" ? answer.level : Math.max(...answer.values);
    this.ageLint(plain, key, answer, question.ageing, top, path);
  }

  bodyLint(plain, body, slots) {
    this.contradiction(body, slots);
    const seen = new Set();
    for (const slot of BODY_SLOTS) {
      const answer = slots[slot] ?? { state: "unknown" };
      const path = this.at("bodies", body.id, slot);
      if (truth(answer.review) && !seen.has(path.join("\n"))) this.report("Q219", path, { key: body.id });
      seen.add(path.join("\n"));
      if (answer.state === "unknown") continue;
      this.notAfter(answer.date, [...path, "date"], plain);
      const reached = answer.state === "level" ? answer.level : RUBRIC.statuses[answer.status][0] ?? 0;
      this.ageLint(plain, body.id, answer, body.ageing, reached, path);
    }
  }

  contradiction(body, slots) {
    if (slots.together?.state !== "level") return;
    const { level } = slots.together;
    const path = ["bodies", body.id, "together"];
    const points = ["A", "B"].map((side) => [side, slots[side]?.state === "status" ? RUBRIC.statuses[slots[side].status][0] : null]);
    const absent = points.filter(([, one]) => one === 0);
    if (level > 0 && absent.length) this.report("Q228", path, { key: body.id, level, side: absent[0][0] });
    else if (level === 0 && points.every(([, one]) => one)) this.report("Q229", path, { key: body.id });
  }

  notAfter(partial, path, plain) {
    if (partial !== null && partial !== undefined && day(plain.as_of) && !partialDate(partial) && earliest(partial) > plain.as_of) {
      this.report("Q209", path, { value: String(partial), as_of: plain.as_of });
    }
  }

  ageLint(plain, key, answer, ageing, top, path) {
    const ages = ageing.kind === "elapsed" || (ageing.kind === "event" && top >= ageing.from);
    const dated = answer.date || (answer.evidence ?? []).some((id) => plain.evidence?.[id]?.date);
    if (ages && top > 0 && !dated) this.report("Q216", path, { key });
  }

  citations(listed) {
    const cited = [];
    for (const section of ["answers", "challenges", "bodies"]) collect(this.plain[section], [section], cited);
    const names = isMapping(listed) ? Object.keys(listed) : [];
    const known = new Set(names);
    for (const [id, path] of cited) if (!known.has(id)) this.report("Q207", path, { key: id }, nearest(id, names));
    const used = new Set(cited.map(([id]) => id));
    for (const key of names) if (!used.has(key)) this.report("Q208", ["evidence", key], { key });
  }
}

/** Every cited id with its path. */
export function collect(value, path, found) {
  if (!isMapping(value)) return;
  for (const [key, child] of Object.entries(value)) {
    if (key === "evidence" && Array.isArray(child)) {
      child.forEach((id, at) => typeof id === "string" && found.push([id, [...path, key, at]]));
    } else collect(child, [...path, key], found);
  }
}

/** Whether a key that takes true or false says true, in any of the spellings that the models take. */
function truth(value) {
  return value === true || value === 1 || ["yes", "y", "t", "true", "on", "1"].includes(String(value ?? "").toLowerCase());
}
