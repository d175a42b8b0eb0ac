// The pages of the form: about the assessment, one for each component, challenge and system, sources, the end.
import { _, data, dotted, isError, text } from "./text.js";
import { isMapping } from "./schema.js";
import { QUESTIONS } from "./check.js";
import { groupCoverage, openPlaces, systemCoverage, totalCoverage } from "./coverage.js";
import { answerAt, forget, get, keepNow, kept, set, state } from "./state.js";
import { field, finding, findings, fold, h, radios, refill, say } from "./dom.js";
import { bodyCard, questionCard, rowOf, slotsOf } from "./answer.js";
import { evidencePage, partyName, sourceLine, sources } from "./evidence.js";

const R = data.rubric;
let wasLeft = false;  // whether the fields about who answers were left, or everything was checked

/** Every page by its id: where it stands in the list, its title, its content and how far it is. */
export function pages() {
  const group = (section, part) => (one) => ({
    id: one.id, part, title: text(one.title), lead: text(one.purpose), ids: one.questions.map((q) => q.id),
    content: () => one.questions.map((q) => questionCard(section, q)), progress: () => groupCoverage(state.plain, section, one),
  });
  const system = ([key, [title, purpose]]) => {
    const bodies = Object.values(R.bodies).filter((body) => body.system === key);
    return { id: key, part: _("International bodies"), title: text(title), lead: text(purpose), ids: bodies.map((body) => body.id),
      content: () => bodies.map(bodyCard), progress: () => systemCoverage(state.plain, bodies) };
  };
  return [
    { id: "about", part: "", title: _("About this assessment"), lead: "", ids: [], content: aboutPage },
    { id: "sources", part: "", title: _("Sources"), lead: "", ids: [], content: evidencePage },
    ...R.components.map(group("answers", _("Components of the dialogue"))),
    ...R.challenges.map(group("challenges", _("Challenges around it"))),
    ...Object.entries(R.systems).map(system),
    { id: "end", part: _("At the end"), title: _("Check and save"), lead: "", ids: [], content: endPage },
  ];
}

/** The page on which a question, a body or a problem stands. */
export function pageOf(id) {
  return pages().find((page) => page.id === id || page.ids.includes(id));
}

/** The place in the form to which the path of a problem leads. */
export function anchorOf(path) {
  if (["answers", "challenges", "bodies"].includes(path[0])) return pageOf(path[1]) ? path[1] : "end";
  return path[0] === "evidence" ? "sources" : "about";
}

/** What the place of a problem is called in the form. */
function placeName(path) {
  const question = QUESTIONS[path[0]]?.[path[1]] ?? (path[0] === "bodies" ? R.bodies[path[1]] : null);
  if (question) return `${question.id} ${text(question.short ?? question.title)}`;
  return path[0] === "evidence" && path.length > 1 ? _("Sources") + `: ${path[1]}` : pageOf(anchorOf(path)).title;
}

/**
 * Questions and bodies that have every word of `wanted`, at most ten, as pairs of id and title; those that have them
 * in id or title come first.
 */
export function found(wanted) {
  const words = wanted.toLowerCase().split(/\s+/).filter(Boolean);
  if (!words.length) return [];
  const everything = [...Object.values(QUESTIONS).flatMap((section) => Object.values(section)), ...Object.values(R.bodies)];
  const has = (said) => words.every((word) => said.toLowerCase().includes(word));
  const title = (one) => text(one.short ?? one.title);
  const near = everything.filter((one) => has(`${one.id} ${title(one)}`));
  const far = everything.filter((one) => !near.includes(one) && has(`${one.id} ${title(one)} ${text(one.question ?? one.title)} ${text(one.guidance ?? one.role)}`));
  return [...near, ...far].slice(0, 10).map((one) => [one.id, title(one)]);
}

// --- about --------------------------------------------------------------------------------------

function aboutPage() {
  const line = (label, path, hint, more = {}) => field({ label, hint, path, input: h("input", { type: "text", autocomplete: "off", value: get(path) ?? "",
    oninput: (event) => set(path, event.target.value.trim() ? event.target.value : undefined), ...more }) });
  const party = (side, label) => h("fieldset", { class: "party" }, h("legend", {}, label),
    line(_("Name"), ["relationship", "parties", side, "name"]), line(_("Code"), ["relationship", "parties", side, "code"], _("Two letters of a country, or a short name such as EU.")));
  return [
    howTo(),
    h("section", { class: "card", "aria-label": _("The relationship") }, h("h2", {}, _("The relationship")),
      h("div", { class: "fields" }, party("A", _("Side A")), party("B", _("Side B")),
        line(_("Assessment date"), ["as_of"], _("The day for which the answers hold; nothing later may be cited."), { type: "date" }),
        line(_("Title"), ["relationship", "title"], _("May stay empty; then the names of the parties are the title.")))),
    h("section", { class: "card", "aria-label": _("Who answers") }, h("h2", {}, _("Who answers")),
      whoAnswers(radios({ legend: _("Whose view it is"), value: get(["answered_by", "side"]), pick: (side) => set(["answered_by", "side"], side),
        choices: [["A", partyName("A")], ["B", partyName("B")], ["both", _("both sides together")], ["third", _("somebody else")]] }),
        line(_("Role"), ["answered_by", "role"], _("An office or profession, never the name of a person."))),
      h("label", { class: "choice" }, h("input", { type: "checkbox", checked: get(["kind"]) === "illustration", onchange: (event) => set(["kind"], event.target.checked ? "illustration" : undefined) }),
        h("span", {}, _("This is an illustration that nobody stands for; every page of the report says so."))),
      line(_("Marking"), ["marking"], _("Who may see the report: a label such as TLP:AMBER, or a national text. May stay empty."), { list: "markings" }),
      h("datalist", { id: "markings" }, data.markings.map((label) => h("option", { value: label }))),
      field({ label: _("Note"), hint: _("Anything that a reader of the report should know."), path: ["note"], input: h("textarea", { rows: 3, value: get(["note"]) ?? "",
        oninput: (event) => set(["note"], event.target.value.trim() ? event.target.value : undefined) }) }),
      findings((found) => ["rubric", "kind"].includes(found.path[0]) || (found.path[0] === "relationship" && found.path.length < 4 && found.path[1] !== "title")
        || (found.code === "Q202" && found.path.length === 1))),
    privacy(),
  ];
}

/** The two fields about who answers; what is missing there is told once they were left, not while somebody is on the way. */
function whoAnswers(side, role) {
  const wanted = (found) => found.path[0] === "answered_by" && found.path[1] !== "role" && (wasLeft || !unsaid(found));
  const told = findings(wanted, inWords);
  const both = h("div", { onfocusout: (event) => {
    if (both.contains(event.relatedTarget)) return;
    wasLeft = true;
    told.dispatchEvent(new CustomEvent("check"));
  } }, side, told, role);
  return both;
}

/** Whether a problem says that it is not said who answers. */
function unsaid(found) {
  return found.code === "Q201" && found.path[0] === "answered_by";
}

/** A problem as the form tells it: what a field of its own asks for in the words of that field. */
function inWords(found, link = null) {
  if (!unsaid(found)) return finding(found, link);
  const words = { side: _("Say whose view this is."), role: _("Say the role.") }[found.values.key] ?? _("Say whose view this is, and the role.");
  return h("div", { class: "finding error", "data-code": found.code, "data-path": dotted(found.path) },
    h("p", { class: "message" }, h("strong", {}, _("Error")), " ", h("span", { class: "what" }, words)), link);
}

function howTo() {
  return h("section", { class: "card calm", "aria-label": _("How to fill in this form") }, h("h2", {}, _("How to fill in this form")), h("ol", {}, [
    _("Say who answers, and list every source once under «Sources», or while you answer."),
    _("Read each question and its levels. Choose the highest level whose sentence and all lower ones are true."),
    _("Level 0 says that absence is known, and needs evidence as the other levels do. What you do not know is «unknown»: it is an honest answer, and never counts as 0."),
    _("Without evidence an answer counts as level {none} at most, with one report of grade B as level {single}, with two independent ones as level {two}; above that it takes grade A.",
      { none: R.caps.none, single: R.caps.single, two: R.caps.corroborated }),
    _("Save the file as often as you like; this form opens it again. At the end run «assess check FILE» and «assess score FILE»."),
  ].map((one) => h("li", {}, one))));
}

/** What is kept where, said plainly, and the means to change it. */
function privacy() {
  const tick = h("input", { type: "checkbox", id: "keep", onchange: () => keepCopy(tick.checked) });
  const failed = h("div", { class: "checked", "aria-live": "polite" });
  failed.addEventListener("check", () => {
    tick.checked = state.keep;
    if (Boolean(kept.failed) !== Boolean(failed.firstChild)) refill(failed, kept.failed && finding(kept.failed));
  });
  tick.checked = state.keep;
  return h("section", { class: "card", "aria-label": _("Where your answers are") }, h("h2", {}, _("Where your answers are")),
    h("p", {}, _("Your answers are in this window alone. Nothing is sent anywhere: the form has no way to use the network. They are gone when the window is closed, unless you save the file.")),
    h("p", {}, _("With a copy in the browser you can close the window and go on later. Anyone who uses this account on this computer can read the copy, and so can other pages that are opened from its disk. It stays until you wipe it.")),
    h("label", { class: "choice" }, tick, h("span", {}, _("Keep a copy in this browser while I work"))), failed,
    h("div", { class: "buttons" }, h("button", { type: "button", id: "wipe-copy", onclick: () => keepCopy(false) }, _("Wipe the copy in this browser"))));
}

function keepCopy(wanted) {
  state.keep = wanted;
  if (wanted) keepNow();
  else forget();
  if (kept.failed) state.keep = false;
  document.querySelectorAll(".checked").forEach((box) => box.dispatchEvent(new CustomEvent("check")));
  if (!wanted) say(_("The copy in this browser is wiped."));
}

// --- progress -----------------------------------------------------------------------------------

/** A share as a whole percentage; a dash where nothing applies. */
export function percent(share) {
  return share === null ? "–" : `${Math.round(Math.round(share * 1e11) / 1e9)} %`;
}

/** Over all components: the share of the weight that is known, and how many questions are left blank. */
export function progress() {
  const groups = R.components.map((group) => groupCoverage(state.plain, "answers", group));
  const blank = groups.reduce((sum, one) => sum + one.blank, 0);
  const total = groups.reduce((sum, one) => sum + one.total, 0);
  return { coverage: totalCoverage(state.plain, "answers", R.components), blank, total };
}

/** What the button that leads to the next open place is called: nothing is blank at the end, but much may be unknown. */
export function nextTitle() {
  const open = openPlaces(state.plain);
  if (open.some((place) => place.blank)) return _("Next open question");
  return open.length ? _("Next unknown question") : _("Check and save");
}

/** The open place to go to next: first what is blank, after the place `id`; then what is unknown. */
export function nextOpen(id) {
  const open = openPlaces(state.plain);
  const order = pages().flatMap((page) => [page.id, ...page.ids]);
  const here = order.indexOf(id);
  for (const wanted of [open.filter((place) => place.blank), open]) {
    const after = wanted.find((place) => order.indexOf(place.key) > here);
    if (after ?? wanted[0]) return (after ?? wanted[0]).key;
  }
  return "end";
}

// --- the end ------------------------------------------------------------------------------------

function endPage() {
  wasLeft = true;
  const box = h("div", { class: "checked" });
  const show = () => {
    const errors = state.problems.filter(isError);
    const warnings = state.problems.filter((one) => !isError(one));
    const { coverage } = progress();
    refill(box,
      h("section", { class: "card", "aria-label": _("How it stands") }, h("h2", {}, _("How it stands")),
        h("p", { class: "figure" }, h("strong", {}, percent(coverage)), " ", _("of what is asked about the dialogue is known.")),
        coverage !== null && coverage < R.minimum ? h("p", { class: "hint" }, _("Below {percent} the report shows ranges and no single stage.", { percent: percent(R.minimum) })) : null,
        h("p", {}, errors.length ? _("«assess score» refuses this questionnaire until its errors are mended. You may save it all the same.") : _("Nothing forbids scoring this questionnaire.")),
        h("div", { class: "buttons" }, h("button", { type: "button", class: "main", onclick: () => document.getElementById("save").click() }, _("Save file")),
          h("button", { type: "button", onclick: () => window.print() }, _("Print")))),
      problemList(_("Errors ({count})", { count: errors.length }), errors, true), problemList(_("Warnings ({count})", { count: warnings.length }), warnings, errors.length === 0 && warnings.length < 20), openList());
  };
  box.addEventListener("check", (event) => { if (event.target === box) show(); });
  show();
  return [box];
}

function problemList(title, found, open) {
  if (!found.length) return null;
  const made = fold(title, found.map((one) => inWords(one, h("p", { class: "go" }, h("a", { href: `#${anchorOf(one.path)}` }, _("Go to {place}", { place: placeName(one.path) }))))));
  made.open = open;
  return made;
}

function openList() {
  const open = openPlaces(state.plain);
  const part = (title, places) => {
    if (!places.length) return null;
    const by = Map.groupBy ? Map.groupBy(places, (one) => one.group) : places.reduce((map, one) => map.set(one.group, [...(map.get(one.group) ?? []), one]), new Map());
    return fold(title, h("ul", { class: "open" }, [...by].map(([group, inside]) => h("li", {}, h("a", { href: `#${group}` }, pageOf(group).title), ": ", inside.map(({ key }) => [h("a", { href: `#${key}` }, key), " "])))));
  };
  const blank = open.filter((place) => place.blank);
  const unknown = open.filter((place) => !place.blank);
  return [part(_("Left blank ({count})", { count: blank.length }), blank), part(_("Answered «unknown» ({count})", { count: unknown.length }), unknown)];
}

// --- on paper -----------------------------------------------------------------------------------

/** The whole form as it is printed: every question with its levels, what was answered, and the sources. */
export function onPaper() {
  const mark = (chosen) => (chosen ? "☒" : "☐");
  const answers = (section, question, rows) => slotsOf(question).map(([slot, name]) => paperAnswer(section, question, slot, name, rows, mark));
  const ask = (section) => (question) => h("article", { class: "question" }, h("h3", {}, `${question.id} ${text(question.title)}`), h("p", { class: "asked" }, text(question.question)),
    answers(section, question, [...question.anchors.map((anchor, level) => [String(level), `${level}  ${text(anchor)}`]), ["unknown", _("unknown")], ["disputed", _("disputed")], ...(question.excused === null ? [] : [["not_applicable", _("not applicable")]])]));
  const part = (section) => (group) => [h("h2", {}, `${group.id} ${text(group.title)}`), group.questions.map(ask(section))];
  const body = (one) => h("article", { class: "question" }, h("h3", {}, `${one.id} ${text(one.short)}`), h("p", { class: "asked" }, text(one.title)),
    ["A", "B"].map((side) => paperAnswer("bodies", one, side, partyName(side), [...Object.entries(R.statuses).map(([key, [, name]]) => [key, text(name)]), ["unknown", _("unknown")]], mark)),
    paperAnswer("bodies", one, "together", _("Both sides together"), [...Object.entries(R.together).map(([level, [name]]) => [level, `${level} ${text(name)}`]), ["unknown", _("unknown")]], mark));
  return [h("h1", {}, text(R.title)), h("p", {}, `${partyName("A")} – ${partyName("B")}, ${get(["as_of"]) ?? ""} · ${get(["answered_by", "role"]) ?? ""} · ${R.id} ${R.version}`),
    R.components.map(part("answers")), R.challenges.map(part("challenges")), Object.values(R.bodies).length ? h("h2", {}, _("International bodies")) : null, Object.values(R.bodies).map(body),
    h("h2", {}, _("Sources")), h("ul", {}, sources().map(([id, source]) => h("li", {}, `${id}: ${sourceLine(source)} ${source?.url ?? source?.where ?? ""}`)))];
}

function paperAnswer(section, question, slot, name, rows, mark) {
  const answer = answerAt(section, question, slot);
  const row = rowOf(answer);
  const said = isMapping(answer) ? answer : {};
  const notes = [
    Array.isArray(said.disputed) && said.disputed.join(" / "), Array.isArray(said.between) && said.between.join(" – "),
    said.confidence && _("How sure are you?") + ` ${_(said.confidence)}`, said.date, Array.isArray(said.evidence) && said.evidence.join(", "),
    typeof said.unknown === "string" && said.unknown, said.not_applicable, said.note].filter(Boolean);
  return h("div", { class: "paper" }, h("p", { class: "who" }, name), h("ul", {}, rows.map(([key, label]) => h("li", { class: row === key ? "chosen" : "" }, `${mark(row === key)} ${label}`))),
    notes.map((note) => h("p", { class: "note" }, note)));
}
