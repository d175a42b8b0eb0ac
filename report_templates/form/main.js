// Puts the form together: header, list of pages, the page that is open, the line at the foot.
import { _, canSpeak, data, isError, language, problem, speak, text } from "./text.js";
import { isMapping } from "./schema.js";
import { readYaml } from "./read.js";
import { salvaged } from "./salvage.js";
import { download, textOf } from "./store.js";
import { asYaml, begin, beginAnew, forget, get, keepNow, kept, onChange, set, state, touched } from "./state.js";
import { ask, finding, h, refill, say } from "./dom.js";
import { partyName } from "./evidence.js";
import { found, nextOpen, nextTitle, onPaper, pageOf, pages, percent, progress } from "./pages.js";

const NAMES = { en: "English", uk: "Українська" };
const THEMES = { auto: () => _("As the system"), light: () => _("Light"), dark: () => _("Dark") };
const app = document.getElementById("app");
let theme = "auto";
let open = "about";
let last = "about";  // the question or page that was asked for last

// --- the frame ----------------------------------------------------------------------------------

function draw() {
  document.documentElement.lang = language();
  document.title = `${partiesTitle()} – ${text(data.rubric.title)}`;
  refill(app,
    h("a", { class: "skip", href: "#page", onclick: (event) => { event.preventDefault(); document.getElementById("page").focus(); } }, _("To the questions")),
    h("header", { class: "top" }, h("div", { class: "name" }, h("p", { class: "kicker" }, text(data.rubric.title)), h("p", { class: "pair", id: "pair" }, partiesTitle())), tools()),
    h("div", { id: "opened" }), h("div", { class: "body" }, menu(), h("main", { id: "page", tabindex: "-1" })),
    foot(), h("div", { id: "said", role: "status", hidden: true }));
  showOpened();
  drawPage();
}

function partiesTitle() {
  return get(["relationship", "title"]) || `${partyName("A")} – ${partyName("B")}`;
}

function tools() {
  const file = h("input", { type: "file", id: "file", accept: ".yaml,.yml,.txt", class: "unseen", tabindex: "-1", "aria-hidden": "true", "aria-label": _("Open file …"),
    onchange: async (event) => { const [chosen] = event.target.files; event.target.value = ""; if (chosen) await openFile(chosen); } });
  return h("div", { class: "tools" },
    file, h("button", { type: "button", id: "open", onclick: () => file.click() }, _("Open file …")),
    h("button", { type: "button", id: "save", class: "main", onclick: save }, _("Save file")),
    data.languages.length > 1 ? h("label", { class: "small" }, h("span", { class: "unseen" }, _("Language")), languageChoice()) : null,
    h("label", { class: "small" }, h("span", { class: "unseen" }, _("Colours")), themeChoice()));
}

function languageChoice() {
  const choice = h("select", { id: "language", onchange: async () => {
    await speak(choice.value);
    draw();
    document.getElementById("language").focus();
  } }, data.languages.filter(canSpeak).map((code) => h("option", { value: code, lang: code }, NAMES[code] ?? code)));
  choice.value = language();
  return choice;
}

function themeChoice() {
  const choice = h("select", { id: "theme", onchange: () => { theme = choice.value; paint(); } }, Object.entries(THEMES).map(([key, name]) => h("option", { value: key }, name())));
  choice.value = theme;
  return choice;
}

function paint() {
  if (theme === "auto") delete document.documentElement.dataset.theme;
  else document.documentElement.dataset.theme = theme;
}

// --- the list of pages --------------------------------------------------------------------------

function menu() {
  const list = h("nav", { class: "menu checked", "aria-label": _("Pages") });
  const folded = h("details", { class: "menu-fold" }, h("summary", {}, _("All pages")), finder(), list);
  const wide = matchMedia("(min-width: 60rem)");
  const unfold = () => { folded.open = wide.matches; };
  wide.onchange = unfold;
  unfold();
  const show = () => {
    const parts = new Map();
    for (const page of pages()) parts.set(page.part, [...(parts.get(page.part) ?? []), page]);
    refill(list, [...parts].map(([part, inside]) => [part ? h("h2", {}, part) : null, h("ul", {}, inside.map((page) => entry(page)))]));
  };
  list.addEventListener("check", (event) => { if (event.target === list) show(); });
  list.addEventListener("click", () => { if (!wide.matches) folded.open = false; });
  show();
  return folded;
}

/** A field that finds questions by their id or their words, and leads to them. */
function finder() {
  const list = h("ul", { class: "results", "aria-label": _("Questions that were found") });
  const said = h("p", { class: "unseen", role: "status" });
  const input = h("input", { type: "search", id: "find", autocomplete: "off", placeholder: _("Find a question"), "aria-label": _("Find a question"),
    oninput: () => {
      const places = found(input.value);
      refill(list, places.map(([id, title]) => h("li", {}, h("a", { href: `#${id}` }, h("span", {}, h("span", { class: "id" }, id), " ", title)))));
      refill(said, input.value.trim() ? _("found: {count}", { count: places.length }) : "");
    },
    onkeydown: (event) => { if (event.key === "Enter") list.querySelector("a")?.click(); } });
  return h("div", { class: "finder", role: "search" }, input, said, list);
}

function entry(page) {
  const now = page.progress?.();
  const errors = page.id === "end" ? state.problems.filter(isError).length : 0;
  return h("li", {}, h("a", { href: `#${page.id}`, "aria-current": page.id === open ? "page" : false },
    h("span", { class: "title" }, page.title),
    now ? h("span", { class: "far" }, h("span", { class: "figure" }, percent(now.coverage)), h("span", { class: "unseen" }, _("known")), bar(now.coverage ?? 1)) : null,
    errors ? h("span", { class: "far error" }, _("errors: {count}", { count: errors })) : null));
}

function bar(share) {
  const inside = h("span", { class: "fill" });
  inside.style.width = `${share * 100}%`;
  return h("span", { class: "bar", "aria-hidden": "true" }, inside);
}

// --- the page -----------------------------------------------------------------------------------

function drawPage() {
  const page = pageOf(open);
  const all = pages();
  const at = all.findIndex((one) => one.id === page.id);
  const near = (other, said) => (other ? h("a", { class: "button", href: `#${other.id}` }, h("span", {}, said), " ", other.title) : h("span"));
  refill(document.getElementById("page"), h("h1", { tabindex: "-1", id: page.id }, page.ids.length ? h("span", { class: "id" }, page.id) : null, " ", page.title),
    page.lead ? h("p", { class: "lead" }, page.lead) : null, page.content(),
    h("nav", { class: "turn", "aria-label": _("Page before and after") }, near(all[at - 1], "←"), near(all[at + 1], "→")));
}

/** Go to a page, a question or a body. */
function go(id, focus = true) {
  const page = pageOf(id) ?? pageOf("about");
  last = id;
  if (page.id !== open) {
    open = page.id;
    drawPage();
    refresh();
  }
  const target = document.getElementById(id) ?? document.querySelector("#page h1");
  if (!focus) return;
  target.focus({ preventScroll: true });
  target.scrollIntoView({ block: "start" });
}

addEventListener("hashchange", () => go(decodeURIComponent(location.hash.slice(1)) || "about"));

// --- the line at the foot -----------------------------------------------------------------------

function foot() {
  const now = h("div", { class: "now checked" });
  const show = () => {
    const { coverage, blank, total } = progress();
    refill(now, h("p", {}, h("strong", { id: "coverage" }, percent(coverage)), " ", _("known"), h("span", { class: "extra" }, " · ", _("{done} of {total} questions answered", { done: total - blank, total })),
      state.unsaved || state.saved ? h("span", { class: "extra" }, " · ", state.unsaved ? _("not saved") : _("saved")) : null), bar(coverage ?? 0));
  };
  now.addEventListener("check", (event) => { if (event.target === now) show(); });
  show();
  const next = h("button", { type: "button", id: "next", class: "checked", onclick: () => leap() }, nextTitle());
  next.addEventListener("check", () => { if (next.textContent !== nextTitle()) refill(next, nextTitle()); });
  return h("footer", { class: "foot" }, now, next);
}

function leap() {
  const at = document.activeElement?.closest?.("article.question")?.id ?? last;
  const id = nextOpen(at);
  if (location.hash === `#${id}`) go(id);
  else location.hash = id;
}

function refresh() {
  document.querySelectorAll(".checked").forEach((box) => box.dispatchEvent(new CustomEvent("check")));
  const pair = document.getElementById("pair");
  if (pair && pair.textContent !== partiesTitle()) pair.textContent = partiesTitle();
}

// --- files --------------------------------------------------------------------------------------

function save() {
  const name = `${state.name}.yaml`;
  download(name, asYaml());
  Object.assign(state, { unsaved: false, saved: true });
  refresh();
  const errors = state.problems.filter(isError).length;
  say(errors ? _("{name} is saved. It has errors ({count}), which «Check and save» lists; your answers are all in it.", { name, count: errors }) : _("{name} is saved.", { name }));
}

async function openFile(file) {
  if (state.unsaved && !await ask(_("What was not saved is lost when another file is opened. Open it all the same?"), _("Open the file"), _("Stay here"))) return;
  try {
    take(await textOf(file), file.name.replace(/\.(ya?ml|txt)$/i, ""));
  } catch (refused) {
    if (!refused.code) throw refused;
    state.opened = [refused];
    showOpened();
  }
  app.dataset.opened = file.name;
}

/** Take over the text of a file: all of it, or what stands above the first line that cannot be read. */
function take(source, name) {
  const wanted = { ...(get(["relationship", "parties"]) ?? {}) };
  let read = readYaml(source);
  const opened = [...read.problems];
  let rest = "";
  if (read.stopped !== null && WHOLE.has(opened[0].code)) {
    state.opened = opened;
    showOpened();
    return;
  }
  if (read.stopped !== null) {
    const saved = salvaged(source);
    ({ read, rest } = saved);
    opened.push({ ...problem("F702", [], { lines: saved.lines }), at: [parseInt(saved.lines, 10), 1] });
  }
  begin(read, name, rest, opened);
  state.opened.push(...otherwise(wanted));
  open = "about";
  last = "about";
  history.replaceState(null, "", "#about");
  draw();
  document.getElementById("opened").querySelector("h2")?.focus();
}

// Problems with a file of which no part can be taken over.
const WHOLE = new Set(["Y105", "Y110", "Y111"]);

/** What an opened file says otherwise than this form: another version of the rubric, other parties. */
function otherwise(wanted) {
  const told = [];
  const named = state.problems.find((one) => one.code === "Q204");
  if (named && String(named.values.named).split(" ")[0] === data.rubric.id) told.push(problem("F705", ["rubric"], named.values));
  const codes = (parties) => ["A", "B"].map((side) => parties?.[side]?.code ?? "–").join(" – ");
  const parties = get(["relationship", "parties"]);
  if (isMapping(parties) && codes(parties) !== codes(wanted)) told.push(problem("F703", ["relationship"], { found: codes(parties), wanted: codes(wanted) }));
  return told;
}

/** Show what is to be said about the file that was opened, and the text that could not be read. */
function showOpened() {
  const box = document.getElementById("opened");
  if (!state.opened.length && !state.rest) {
    refill(box);
    return;
  }
  const close = () => { state.opened = []; showOpened(); };
  refill(box, h("section", { class: "opened", "aria-labelledby": "opened-title" }, h("h2", { id: "opened-title", tabindex: "-1" }, _("About the file that was opened")),
    state.opened.map((one) => finding(one, one.code === "F705" ? h("button", { type: "button", id: "take-over", onclick: takeOver }, _("Take the answers over")) : null)),
    state.rest ? h("div", { class: "field" }, h("label", { for: "rest" }, _("Text that could not be read, to copy from")), h("textarea", { id: "rest", readonly: true, rows: 6, value: state.rest }),
      h("div", { class: "buttons" }, h("button", { type: "button", onclick: () => { state.rest = ""; touched(); showOpened(); } }, _("I have given it again; drop this text")))) : null,
    state.opened.length ? h("div", { class: "buttons" }, h("button", { type: "button", class: "quiet", onclick: close }, _("Close this note"))) : null));
}

/** Carry answers of an older version over: the rubric's line, and every answer marked for review. */
function takeOver() {
  const [id, version] = [data.rubric.id, data.rubric.version.split(".").slice(0, 2).join(".")];
  for (const section of ["answers", "challenges", "bodies"]) {
    const given = get([section]);
    if (isMapping(given)) for (const key of Object.keys(given)) given[key] = forReview(given[key], section);
  }
  state.opened = state.opened.filter((one) => one.code !== "F705");
  set(["rubric"], `${id} ${version}`);
  draw();
  say(_("The answers are taken over. Each is marked for review."));
}

function forReview(answer, section) {
  if (Number.isInteger(answer)) return { level: answer, review: true };
  if (typeof answer === "string" && answer !== "unknown" && answer !== "" && section === "bodies") return { status: answer, review: true };
  if (!isMapping(answer)) return answer;
  if (["A", "B", "together"].some((slot) => slot in answer)) {
    return Object.fromEntries(Object.entries(answer).map(([slot, one]) => [slot, slot === "together" || slot === "A" || slot === "B" ? forReview(one, section) : one]));
  }
  return ["level", "status", "disputed", "not_applicable"].some((key) => key in answer) ? { ...answer, review: true } : answer;
}

// --- a copy from last time ----------------------------------------------------------------------

function offerCopy() {
  const copy = kept.read();
  if (!copy) return;
  const box = document.getElementById("opened");
  const when = new Date(copy.at).toLocaleString(language());
  refill(box, h("section", { class: "opened", "aria-labelledby": "copy-title" }, h("h2", { id: "copy-title", tabindex: "-1" }, _("A copy from last time")),
    h("p", {}, _("This browser keeps a copy of your answers from {when}.", { when })),
    h("div", { class: "buttons" }, h("button", { type: "button", class: "main", id: "go-on", onclick: () => { take(copy.text, copy.name); state.keep = true; state.unsaved = true; draw(); } }, _("Go on with it")),
      h("button", { type: "button", id: "wipe", onclick: () => { forget(); refill(box); say(_("The copy in this browser is wiped.")); } }, _("Wipe it")))));
}

// --- start --------------------------------------------------------------------------------------

addEventListener("keydown", (event) => {
  if ((event.ctrlKey || event.metaKey) && !event.shiftKey && !event.altKey && event.key.toLowerCase() === "s") {
    event.preventDefault();
    save();
  }
});
addEventListener("beforeunload", (event) => { if (state.unsaved && !state.keep) event.preventDefault(); });
addEventListener("pagehide", () => { if (state.keep) keepNow(); });
addEventListener("beforeprint", () => {
  document.getElementById("paper")?.remove();
  document.body.append(h("div", { id: "paper", "aria-hidden": "true" }, onPaper()));
});
addEventListener("afterprint", () => document.getElementById("paper")?.remove());
addEventListener("dragover", (event) => event.preventDefault());
addEventListener("drop", async (event) => {
  event.preventDefault();
  if (event.dataTransfer.files.length === 1) await openFile(event.dataTransfer.files[0]);
});

/** Unpack the texts if they are packed, and show the form; a browser that cannot do that is told so. */
async function begun() {
  if (!canSpeak(language())) {
    document.getElementById("old").hidden = false;
    return;
  }
  await speak(language());
  beginAnew();
  onChange(refresh);
  draw();
  offerCopy();
  if (location.hash) go(decodeURIComponent(location.hash.slice(1)));
  performance.mark("ready");
}

begun();
