// The register of sources: listed once, cited by id from any answer.
import { _, data, language, problem, text } from "./text.js";
import { isMapping, partialDate } from "./schema.js";
import { collect } from "./check.js";
import { copy } from "./write.js";
import { get, set, state, touched } from "./state.js";
import { ask, field, finding, findings, h, newId, radios, refill, say } from "./dom.js";

/** The name of side A or B; the usual name of a country is said in the language that is shown. */
export function partyName(side) {
  const { code, name } = get(["relationship", "parties", side]) ?? {};
  if (typeof name !== "string" || !name) return typeof code === "string" && code ? code : side;
  const usual = Object.values(data.parties).some((names) => Object.hasOwn(names, code) && names[code] === name);
  return usual ? data.parties[language()][code] ?? name : name;
}

/** The sources that are listed, as pairs of id and source. */
export function sources() {
  const listed = get(["evidence"]);
  return isMapping(listed) ? Object.entries(listed) : [];
}

/** Where each source is cited: id to the paths of the answers. */
export function citations() {
  const found = [];
  for (const section of ["answers", "challenges", "bodies"]) collect(state.plain[section], [section], found);
  const by = new Map();
  for (const [id, path] of found) by.set(id, [...(by.get(id) ?? []), path]);
  return by;
}

/** The title of a source, and what tells how far it carries. */
export function sourceLine(source) {
  if (!isMapping(source)) return "";
  const parts = [source.date, source.grade && _("grade {grade}", { grade: source.grade })].filter(Boolean);
  return `${source.title ?? ""}${parts.length ? ` (${parts.join(", ")})` : ""}`;
}

// --- citing in an answer ------------------------------------------------------------------------

/** The sources that an answer cites, with the means to cite more; `ids` and `change` give and take the list. */
export function citing(ids, change) {
  const box = h("div", { class: "citing" });
  const show = (focus) => {
    const cited = ids();
    const listed = new Map(sources());
    const title = newId();
    const choice = h("select", { "aria-label": _("Source to cite") }, h("option", { value: "" }, _("Choose a source …")),
      [...listed].filter(([id]) => !cited.includes(id)).map(([id, source]) => h("option", { value: id }, `${id} – ${sourceLine(source)}`)));
    const cite = (id) => { change([...cited, id]); show("select"); };
    choice.addEventListener("change", () => choice.value && cite(choice.value));
    refill(box, h("p", { class: "label", id: title }, _("Evidence")),
      cited.length ? h("ul", { class: "cited", "aria-labelledby": title }, cited.map((id) => h("li", {},
        h("span", { class: "id" }, id), h("span", { class: "title" }, listed.has(id) ? sourceLine(listed.get(id)) : _("not in the list of sources")),
        listed.has(id) && h("button", { type: "button", class: "quiet", "aria-label": _("Change source {id}", { id }), onclick: async () => { await editSource(id); show("select"); } }, _("Change")),
        h("button", { type: "button", class: "quiet", "aria-label": _("No longer cite {id}", { id }), onclick: () => { change(cited.filter((one) => one !== id)); show("select"); } }, _("Remove"))))) : null,
      h("div", { class: "row" }, listed.size > cited.filter((id) => listed.has(id)).length ? choice : null,
        h("button", { type: "button", onclick: async () => { const id = await editSource(null); if (id) cite(id); else show("button"); } }, _("New source …"))));
    if (focus) (box.querySelector(`.row ${focus}`) ?? box.querySelector(".row button")).focus();
  };
  show();
  return box;
}

// --- adding and changing a source ---------------------------------------------------------------

/** Open the window in which a source is written; the promise gives its id, or null if nothing was added. */
export function editSource(id) {
  return new Promise((answer) => {
    const draft = id === null ? { grade: undefined, source: undefined } : { ...get(["evidence", id]) };
    const names = { id: id ?? "", taken: false };
    const title = newId();
    const wrong = h("div", { class: "findings", "aria-live": "polite" });
    const done = (said) => { dialog.close(); dialog.remove(); answer(said); };
    const save = () => {
      const found = misfits(names.id || suggested(draft), id, draft);
      if (found.length) {
        refill(wrong, found.map((one) => finding(one)));
        wrong.scrollIntoView({ block: "nearest" });
        return;
      }
      done(keep(names.id || suggested(draft), id, draft));
    };
    const dialog = h("dialog", { class: "source", "aria-labelledby": title, oncancel: () => { dialog.remove(); answer(null); } },
      h("h2", { id: title }, id === null ? _("New source") : _("Source {id}", { id })), inputs(draft, names), wrong,
      h("div", { class: "buttons" }, h("button", { type: "button", class: "main", onclick: save }, id === null ? _("Add the source") : _("Keep the changes")),
        h("button", { type: "button", onclick: () => done(null) }, _("Cancel"))));
    document.body.append(dialog);
    dialog.showModal();
  });
}

function inputs(draft, names) {
  const put = (key) => (event) => { draft[key] = event.target.value.trim() === "" ? undefined : event.target.value; };
  const line = (key, more = {}) => h("input", { type: "text", value: draft[key] ?? "", oninput: put(key), autocomplete: "off", ...more });
  const tick = (key, whenTicked, label) => h("label", { class: "choice" }, h("input", {
    type: "checkbox", checked: (draft[key] ?? !whenTicked) === whenTicked,
    onchange: (event) => { draft[key] = event.target.checked ? whenTicked : undefined; } }), h("span", {}, label));
  const grades = Object.entries(data.rubric.grades).map(([grade, meaning]) => [grade, `${grade} – ${text(meaning)}`]);
  return h("div", { class: "fields" },
    field({ label: _("Title"), hint: _("So that a reader can find it."), input: line("title"), wide: true }),
    h("div", { class: "wide stacked" }, radios({ legend: _("Grade"), choices: grades, value: draft.grade, pick: (grade) => { draft.grade = grade; } })),
    h("div", { class: "wide" }, radios({ legend: _("Whose record it is"), value: draft.source, pick: (source) => { draft.source = source; },
      choices: [["A", partyName("A")], ["B", partyName("B")], ["both", _("both sides")], ["third", _("somebody else")]] })),
    field({ label: _("Date"), hint: _("Day, month or year of what it shows: 2024-07-15, 2024-07 or 2024."), input: line("date") }),
    field({ label: _("Source id"), hint: _("A short name by which answers cite it; left empty, one is made from the title."),
      input: h("input", { type: "text", value: names.id, autocomplete: "off", spellcheck: "false", oninput: (event) => { names.id = event.target.value.trim(); } }) }),
    field({ label: _("Web address"), input: line("url", { inputmode: "url" }) }),
    field({ label: _("File number or archive"), input: line("where") }),
    field({ label: _("Publisher"), hint: _("Tells independent sources apart."), input: line("publisher") }),
    field({ label: _("Note"), input: h("textarea", { rows: 2, oninput: put("note"), value: draft.note ?? "" }), wide: true }),
    h("div", { class: "wide choices" }, tick("counter", true, _("It speaks against a higher level")), tick("verified", false, _("Nobody has read the source itself"))));
}

/** What forbids keeping a source under this id. */
function misfits(key, id, draft) {
  const found = [];
  const path = ["evidence", key];
  if (key !== id && get(path) !== undefined) found.push(problem("F701", path, { key }));
  if (!/^[A-Za-z0-9][A-Za-z0-9._-]{0,79}$/.test(key)) {
    found.push(problem("Q203", path, { value: `«${key}»`, reason: () => text(data.reasons["^[A-Za-z0-9][A-Za-z0-9._-]*$"]) }));
  }
  for (const name of ["title", "grade", "source"]) if (!draft[name]) found.push(problem("Q201", path, { key: name }));
  if (draft.date && partialDate(draft.date)) {
    found.push(problem("Q203", [...path, "date"], { value: `«${draft.date}»`, reason: () => _("a date is written 2024-07-15, 2024-07 or 2024") }));
  }
  return found;
}

function keep(key, id, draft) {
  const order = ["title", "date", "url", "where", "publisher", "grade", "source", "counter", "verified", "note"];
  const said = { ...(id === null ? {} : get(["evidence", id])) };
  for (const name of order) {
    if (draft[name] === undefined) delete said[name];
    else said[name] = draft[name];
  }
  if (id !== null && key !== id) rename(id, key);
  set(["evidence", key], said);
  return key;
}

/** Give a source another id, wherever it is cited. */
function rename(id, key) {
  const listed = {};
  for (const [one, source] of sources()) listed[one === id ? key : one] = source;
  for (const path of citations().get(id) ?? []) get(path.slice(0, -1))[path.at(-1)] = key;
  state.plain.evidence = listed;
}

/** An id made of the title: its first words in Latin letters, with a number if that is taken. */
function suggested(draft) {
  const words = String(draft.title ?? "").normalize("NFD").toLowerCase().match(/[a-z0-9]+/g) ?? [];
  const base = words.slice(0, 4).join("-").slice(0, 40) || "source";
  let [name, number] = [base, 1];
  while (get(["evidence", name]) !== undefined) name = `${base}-${++number}`;
  return name;
}

// --- the page of sources ------------------------------------------------------------------------

/** The register as a page: every source, where it is cited, and the means to change it. */
export function evidencePage() {
  const list = h("div", { class: "register" });
  const show = () => {
    const cited = citations();
    const listed = sources();
    refill(list, listed.length ? null : h("p", { class: "empty" }, _("No source is listed yet.")), listed.map(([id, source]) => sourceEntry(id, source, cited.get(id) ?? [], show)));
  };
  show();
  return [h("p", { class: "lead" }, _("Every source stands here once. Answers cite it by its id, as often as needed.")),
    h("div", { class: "buttons" }, h("button", { type: "button", class: "main", onclick: async () => { if (await editSource(null)) show(); } }, _("New source …"))), list];
}

function sourceEntry(id, source, paths, show) {
  const places = [...new Set(paths.map((path) => path[1]))];
  return h("section", { class: "entry", id: `source-${id}`, "aria-label": id },
    h("p", {}, h("span", { class: "id" }, id), " ", h("strong", {}, isMapping(source) ? source.title ?? "" : "")),
    h("p", { class: "hint" }, isMapping(source) ? [source.date, source.publisher, source.grade && _("grade {grade}", { grade: source.grade }),
      source.counter === true && _("speaks against a higher level"), source.verified === false && _("not read itself"), source.url, source.where].filter(Boolean).join(" · ") : ""),
    h("p", { class: "hint" }, places.length ? [_("Cited in:"), places.map((place) => [" ", h("a", { href: `#${place}` }, place)])] : _("Not cited yet.")),
    findings((found) => found.path[0] === "evidence" && found.path[1] === id),
    h("div", { class: "buttons" },
      h("button", { type: "button", "aria-label": _("Change source {id}", { id }), onclick: async () => { await editSource(id); show(); } }, _("Change")),
      h("button", { type: "button", class: "quiet", "aria-label": _("Delete source {id}", { id }), onclick: () => drop(id, places, show) }, _("Delete"))));
}

async function drop(id, places, show) {
  const before = copy(state.plain);
  if (places.length) {
    const question = _("{id} is cited in {places}. Delete it there too?", { id, places: places.join(", ") });
    if (!await ask(question, _("Delete it everywhere"), _("Keep it"))) return;
    for (const path of citations().get(id) ?? []) {
      const list = get(path.slice(0, -1)).filter((one) => one !== id);
      const owner = get(path.slice(0, -2));
      if (list.length) owner.evidence = list;
      else delete owner.evidence;
    }
  }
  set(["evidence", id], undefined);
  show();
  say(_("The source {id} is deleted.", { id }), () => {
    state.plain = before;
    touched();
    show();
  });
}
