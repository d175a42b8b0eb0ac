// One question with its levels, and what belongs to an answer.
import { _, data, language, text } from "./text.js";
import { isMapping, keysOf, STATES } from "./schema.js";
import { isBlank, MODELS } from "./check.js";
import { answerAt, pathOf, setAnswer } from "./state.js";
import { below, exactly, field, findings, fold, h, newId, radios, refill, say } from "./dom.js";
import { citing, partyName } from "./evidence.js";

const CONFIDENCE = () => [["low", _("low")], ["medium", _("medium")], ["high", _("high")]];
// What an answer had that its present form has no room for, so that a slip of the mouse loses nothing.
const laidAside = new Map();

/** The slots of a question, each with the name of who is asked. */
export function slotsOf(question) {
  if (question.type === "P") return [["pair", _("Both sides together")]];
  const [a, b] = [partyName("A"), partyName("B")];
  if (question.type === "S") return [["A", a], ["B", b]];
  return [["A", _("{a} towards {b}", { a, b })], ["B", _("{a} towards {b}", { a: b, b: a })]];
}

/** Which row an answer stands in: a level, a status, or the word for another form; empty if it is blank or broken. */
export function rowOf(answer) {
  if (Number.isInteger(answer)) return String(answer);
  if (typeof answer === "string") return answer;
  if (!isMapping(answer)) return "";
  const said = new Set(Object.keys(answer).filter((key) => Object.hasOwn(STATES, key) || key === "status").map((key) => STATES[key] ?? key));
  if (said.size !== 1) return "";
  const [state] = said;
  if (state === "level" || state === "status") return String(answer[state]);
  return state;
}

/** Turn an answer into another form, `head`; what the new form has no room for is laid aside and comes back later. */
function turned(answer, state, head, place) {
  const old = isMapping(answer) ? answer : {};
  const aside = { ...laidAside.get(place) };
  const room = new Set(keysOf(MODELS[state]));
  const made = { ...head };
  for (const [key, value] of Object.entries({ ...aside, ...old })) {
    if (key in made || Object.hasOwn(STATES, key) || key === "status") continue;
    if (room.has(key) || !ANY_MODEL.has(key)) made[key] = value;
  }
  laidAside.set(place, { ...aside, ...old });
  return Object.keys(made).length === 1 && made.unknown === true ? "unknown" : made;
}

const ANY_MODEL = new Set(Object.values(MODELS).flatMap((model) => keysOf(model)));

// --- a question ---------------------------------------------------------------------------------

/** The card of a question; `section` is answers or challenges. */
export function questionCard(section, question) {
  const title = newId();
  const slots = slotsOf(question);
  const shownBelow = (found) => slots.some(([slot]) => !isBlank(answerAt(section, question, slot)) && below(pathOf(section, question, slot))(found));
  const rows = question.anchors.map((anchor, level) => ({ row: String(level), mark: String(level), said: text(anchor) }));
  rows.push({ row: "unknown", mark: "?", said: _("Unknown: this is not known. It never counts as 0.") });
  rows.push({ row: "disputed", mark: "≠", said: _("Disputed: the sources or the sides do not agree.") });
  if (question.excused !== null) rows.push({ row: "not_applicable", mark: "–", said: _("Not applicable: {reason}", { reason: text(question.excused) }) });
  const pick = (slot, row) => {
    const answer = answerAt(section, question, slot);
    const [state, head] = headOf(row);
    setAnswer(section, question, slot, turned(answer, state, head, pathOf(section, question, slot).join(".")));
  };
  return h("article", { class: "question", id: question.id, "aria-labelledby": title, tabindex: "-1" },
    h("header", {}, h("h2", { id: title }, h("span", { class: "id" }, question.id), " ", text(question.title)), badges(section, question)),
    h("p", { class: "asked" }, text(question.question)), h("p", { class: "hint" }, whom(question)), help(question),
    findings((found) => below([section, question.id])(found) && !shownBelow(found)),
    choiceTable({ name: `${section}.${question.id}`, caption: text(question.question), rows, columns: slots, pick,
      current: (slot) => rowOf(answerAt(section, question, slot)) }),
    h("div", { class: slots.length > 1 ? "panels two" : "panels" }, slots.map(([slot, name]) => panel(section, question, slot, slots.length > 1 ? name : ""))));
}

function headOf(row) {
  if (row === "unknown") return ["unknown", { unknown: true }];
  if (row === "disputed") return ["disputed", { disputed: [null, null] }];
  if (row === "not_applicable") return ["not_applicable", { not_applicable: "" }];
  return ["level", { level: Number(row) }];
}

function badges(section, question) {
  const said = [];
  if (question.essential) said.push(_("essential"));
  if (question.type === "S") said.push(_("asked of each side"));
  if (question.type === "D") said.push(_("asked in each direction"));
  if (section === "challenges") said.push(_("0 is best: a level says how heavy the obstacle is"));
  return h("p", { class: "badges" }, said.map((one) => h("span", { class: "badge" }, one)));
}

function whom(question) {
  const names = { a: partyName("A"), b: partyName("B") };
  if (question.type === "P") return _("Answer once, for {a} and {b} together.", names);
  if (question.type === "S") {
    return _("Answer for {a} (A) and for {b} (B). In line A «this side» is {a} and «the partner» is {b}; in line B it is the other way round.", names);
  }
  return _("Answer for {a} towards {b} (A) and for {b} towards {a} (B). In line A «this side» is {a} and «the partner» is {b}; in line B it is the other way round.", names);
}

/** Everything that helps to answer, in folds: nothing of the rubric is left out. */
function help(question) {
  const list = (items) => h("ul", {}, items.map((one) => h("li", {}, one)));
  const part = (title, ...inside) => [h("h3", {}, title), ...inside];
  return fold(_("How to answer this question"),
    part(_("Why it matters"), h("p", {}, text(question.why))),
    part(_("How to go about it"), h("p", {}, text(question.guidance))),
    question.definitions.length ? part(_("Terms"), h("dl", {}, question.definitions.map(([term, meaning]) => [h("dt", {}, text(term)), h("dd", {}, text(meaning))]))) : null,
    question.counting.length ? part(_("Counting and dating"), list(question.counting.map(text))) : null,
    question.borderline.length ? part(_("Doubtful cases"), list(question.borderline.map(([each, level, because]) => [text(each), " → ", h("strong", {}, _("level {level}", { level })), " ", text(because)]))) : null,
    part(_("What proves it"), list(question.sufficient.map(text))),
    question.insufficient.length ? part(_("What does not prove it"), list(question.insufficient.map(text))) : null,
    part(_("Where the record is silent"), h("p", {}, text(question.silent))),
    part(_("Not applicable"), h("p", {}, question.excused === null ? _("never.") : text(question.excused))),
    part(_("How the answer ages"), h("p", {}, ageing(question.ageing))));
}

/** How an answer loses value with time, in words. */
export function ageing(rule) {
  const reason = text(rule.reason);
  if (rule.kind === "none") return _("Ageing: none. {reason}", { reason });
  if (rule.kind === "event") {
    return _("Ageing: levels from {level} up need a date; one level is lost after {window} months, a second after {twice}. {reason}",
      { level: rule.from, window: rule.window, twice: 2 * rule.window, reason });
  }
  const held = Object.entries(rule.limits).sort(([one], [two]) => two - one).map(([level, months]) => _("level {level} up to {months} months", { level, months }));
  return _("Ageing: by the months since the newest evidence: {held}. {reason}", { held: held.join("; "), reason });
}

// --- the table of choices -----------------------------------------------------------------------

/** A table with a row for each possible answer and a column of radio buttons for each who is asked. */
export function choiceTable({ name, caption, rows, columns, pick, current }) {
  const many = columns.length > 1;
  const texts = new Map(rows.map(({ row }) => [row, newId()]));
  const heads = new Map(columns.map(([slot]) => [slot, newId()]));
  const inputs = [];
  const table = h("table", { class: many ? "levels many" : "levels" }, h("caption", { class: "unseen" }, caption),
    h("thead", { class: many ? "" : "unseen" }, h("tr", {}, h("th", { scope: "col" }, h("span", { class: "unseen" }, _("Level"))), h("th", { scope: "col" }, h("span", { class: "unseen" }, _("Meaning"))),
      columns.map(([slot, title]) => h("th", { scope: "col", id: heads.get(slot) }, title)))),
    h("tbody", {}, rows.map(({ row, mark, said }) => h("tr", { "data-row": row },
      h("td", { class: "mark", "aria-hidden": "true" }, mark),
      h("th", { scope: "row", id: texts.get(row) }, h("span", { class: "unseen" }, /^\d$/.test(row) ? _("Level {level}: ", { level: row }) : ""), many ? said : h("label", { for: `${name}.${columns[0][0]}.${row}` }, said)),
      columns.map(([slot]) => h("td", { class: "pick" }, input(slot, row)))))));
  function input(slot, row) {
    const made = h("input", { type: "radio", name: `${name}.${slot}`, id: `${name}.${slot}.${row}`, value: row,
      "aria-labelledby": many ? `${heads.get(slot)} ${texts.get(row)}` : texts.get(row), onchange: () => pick(slot, row) });
    inputs.push([made, slot, row]);
    return h("label", { class: "hit", for: made.id }, made);
  }
  const show = () => {
    for (const [made, slot, row] of inputs) made.checked = current(slot) === row;
    for (const line of table.tBodies[0].rows) line.classList.toggle("chosen", [...line.querySelectorAll("input")].some((one) => one.checked));
  };
  table.addEventListener("check", show);
  table.classList.add("checked");
  show();
  return table;
}

// --- what belongs to an answer ------------------------------------------------------------------

/** The panel under the table: confidence, evidence, note and the rest of the answer of one slot. */
export function panel(section, question, slot, name) {
  const box = h("div", { class: "panel checked" });
  let shown = null;
  const show = () => {
    const answer = answerAt(section, question, slot);
    const form = `${formOf(answer)} ${language()} ${reviewed(answer)}`;
    if (form === shown) return;
    shown = form;
    refill(box, isBlank(answer) ? null : inside(section, question, slot, name));
    box.hidden = isBlank(answer);
  };
  box.addEventListener("check", (event) => { if (event.target === box) show(); });
  show();
  return box;
}

function formOf(answer) {
  if (isBlank(answer)) return "blank";
  const row = rowOf(answer);
  if (/^\d+$/.test(row)) return "level";
  if (row in data.rubric.statuses) return "status";
  return row || "broken";
}

const reviewed = (answer) => (isMapping(answer) && answer.review === true ? "review" : "");

function inside(section, question, slot, name) {
  const path = pathOf(section, question, slot);
  const answer = () => answerAt(section, question, slot);
  const value = (key) => (isMapping(answer()) ? answer()[key] : undefined);
  const put = (key, said) => {
    const now = answer();
    const made = isMapping(now) ? { ...now } : Number.isInteger(now) ? { level: now } : now === "unknown" ? { unknown: true } : { status: now };
    if (said === undefined) delete made[key];
    else made[key] = said;
    setAnswer(section, question, slot, Object.keys(made).length === 1 && made.unknown === true ? "unknown" : made);
  };
  const at = { path, value, put, form: formOf(answer()), question };
  return [
    name ? h("h3", { class: "who" }, name) : null,
    reviewed(answer()) ? reviewBox(put) : null,
    OWN_FIELDS[at.form]?.(at) ?? null,
    at.form === "broken" ? null : citing(() => (Array.isArray(value("evidence")) ? value("evidence") : []), (ids) => put("evidence", ids.length ? ids : undefined)),
    at.form === "broken" ? null : field({ label: _("Note"), hint: _("Why this answer; the report prints it."), input: area(at, "note"), path: [...path, "note"] }),
    at.form === "broken" ? null : more(at),
    findings((found) => below(path)(found) && !shownByField(at, found)),
    h("div", { class: "buttons" }, h("button", { type: "button", class: "quiet", onclick: () => clear(section, question, slot) }, _("Clear this answer"))),
  ];
}

/** Whether a field of the panel shows this problem already. */
function shownByField(at, found) {
  return ["note", "date", "assigned"].some((key) => exactly([...at.path, key])(found));
}

/** Take an answer away, and offer to bring it back. */
function clear(section, question, slot) {
  const answer = answerAt(section, question, slot);
  setAnswer(section, question, slot, undefined);
  say(_("The answer to {id} is cleared.", { id: question.id }), () => setAnswer(section, question, slot, answer));
  document.querySelector(`[id^="${section}.${question.id}.${slot}."]`)?.focus();
}

function reviewBox(put) {
  return h("div", { class: "review" }, h("p", {}, _("This answer was carried over. Read it again, and change what changed.")),
    h("button", { type: "button", onclick: () => put("review", undefined) }, _("I have read it again")));
}

const OWN_FIELDS = {
  level: (at) => confidence(at),
  status: () => null,
  unknown: (at) => [
    field({ label: _("Why it is not known"), hint: _("May stay empty."), input: h("textarea", { rows: 2, value: typeof at.value("unknown") === "string" ? at.value("unknown") : "", oninput: (event) => at.put("unknown", event.target.value.trim() ? event.target.value : true) }) }),
    at.path[0] === "bodies" ? null : pairOfLevels(at, "between", _("Within limits, if the record sets any"), true)],
  disputed: (at) => [pairOfLevels(at, "disputed", _("The two levels that are claimed"), false), confidence(at)],
  not_applicable: (at) => field({ label: _("Why the question does not arise"), input: h("textarea", { rows: 2, value: at.value("not_applicable") ?? "", required: true, oninput: (event) => at.put("not_applicable", event.target.value) }) }),
  broken: () => h("p", { class: "hint" }, _("What stands in the file here cannot be shown as an answer. Choose one above; until then it is kept as it is.")),
};

function confidence(at) {
  return radios({ legend: _("How sure are you?"), choices: CONFIDENCE(), value: at.value("confidence") ?? "medium",
    pick: (said) => at.put("confidence", said === "medium" ? undefined : said) });
}

/** Two levels, the lower and the higher; `clearable` where leaving both open is an answer too. */
function pairOfLevels(at, key, legend, clearable) {
  const now = Array.isArray(at.value(key)) ? [...at.value(key)] : [null, null];
  const choose = (place, label) => {
    const input = h("select", { onchange: () => {
      now[place] = input.value === "" ? null : Number(input.value);
      at.put(key, clearable && now.every((one) => one === null) ? undefined : [...now]);
    } }, h("option", { value: "" }, "–"), data.rubric.levels.map(([, title], level) => h("option", { value: level }, `${level} – ${text(title)}`)));
    input.value = now[place] ?? "";
    return field({ label, input });
  };
  return h("fieldset", { class: "pair" }, h("legend", {}, legend), choose(0, _("lower")), choose(1, _("higher")));
}

function area(at, key) {
  return h("textarea", { rows: 2, value: at.value(key) ?? "", oninput: (event) => at.put(key, event.target.value.trim() ? event.target.value : undefined) });
}

function more(at) {
  const line = (key, label, hint) => field({ label, hint, path: [...at.path, key],
    input: h("input", { type: "text", autocomplete: "off", value: at.value(key) ?? "", oninput: (event) => at.put(key, event.target.value.trim() || undefined) }) });
  const dated = at.form === "level" || at.form === "disputed" || at.form === "status";
  const made = fold(_("Date, and who owes the answer"), h("div", { class: "fields" },
    dated ? line("date", _("Date"), _("When it happened, if the evidence has no date.")) : null,
    line("assigned", _("Who owes the answer"), _("An office, never a name of a person."))));
  made.open = Boolean(at.value("date") || at.value("assigned"));
  return made;
}

// --- bodies -------------------------------------------------------------------------------------

/** The card of a body: what each side is in it, and what the two do there together. */
export function bodyCard(body) {
  const title = newId();
  const statuses = Object.entries(data.rubric.statuses).map(([key, [, name, meaning]]) => ({ row: key, mark: "", said: [h("strong", {}, text(name)), " ", text(meaning)] }));
  const levels = Object.entries(data.rubric.together).map(([level, [name, meaning]]) => ({ row: level, mark: level, said: [h("strong", {}, text(name)), " ", text(meaning)] }));
  const unknown = () => ({ row: "unknown", mark: "?", said: _("Unknown: this is not known. It never counts as 0.") });
  const current = (slot) => rowOf(answerAt("bodies", body, slot));
  const pick = (slot, row) => {
    const answer = answerAt("bodies", body, slot);
    const state = row === "unknown" ? "unknown" : slot === "together" ? "level" : "status";
    const head = row === "unknown" ? { unknown: true } : { [state]: slot === "together" ? Number(row) : row };
    setAnswer("bodies", body, slot, turned(answer, state, head, `bodies.${body.id}.${slot}`));
  };
  const name = `bodies.${body.id}`;
  return h("article", { class: "question", id: body.id, "aria-labelledby": title, tabindex: "-1" },
    h("header", {}, h("h2", { id: title }, h("span", { class: "id" }, body.id), " ", text(body.short)),
      h("p", { class: "badges" }, body.closed && h("span", { class: "badge" }, _("closed in {date}", { date: body.closed })))),
    h("p", { class: "asked" }, text(body.title)), h("p", { class: "hint" }, text(body.role)), bodyHelp(body),
    findings((found) => below(["bodies", body.id])(found) && !["A", "B", "together"].includes(found.path[2])),
    choiceTable({ name, caption: _("What each side is in {body}", { body: text(body.short) }), rows: [...statuses, unknown()], columns: [["A", partyName("A")], ["B", partyName("B")]], pick, current }),
    h("div", { class: "panels two" }, panel("bodies", body, "A", partyName("A")), panel("bodies", body, "B", partyName("B"))),
    h("h3", {}, _("What the two do there together")),
    choiceTable({ name, caption: _("What the two do in {body} together", { body: text(body.short) }), rows: [...levels, unknown()], columns: [["together", _("Both sides together")]], pick, current }),
    h("div", { class: "panels" }, panel("bodies", body, "together", "")));
}

function bodyHelp(body) {
  const [status, because] = body.silent;
  const word = status === "unknown" ? _("unknown") : text(data.rubric.statuses[status][1]);
  return fold(_("How to answer this question"),
    h("h3", {}, _("What makes a side active")), h("p", {}, text(body.active)),
    h("h3", {}, _("What the highest level looks like")), h("p", {}, text(body.example)),
    h("h3", {}, _("Who has a way in")), h("p", {}, text(body.eligible)),
    h("h3", {}, _("Where the record is silent")), h("p", {}, h("strong", {}, word), ": ", text(because)),
    body.cap === null ? null : [h("h3", {}, _("What counts at most")), h("p", {}, text(body.cap))],
    h("h3", {}, _("How the answer ages")), h("p", {}, ageing(body.ageing)));
}
