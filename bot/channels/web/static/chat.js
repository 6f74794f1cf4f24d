// The page's beginning: ties the conversation, the courier and the views together.
import { startComposer } from "./composer.js";
import { announce } from "./copy.js";
import { Courier } from "./courier.js";
import { dial, make } from "./dom.js";
import { startDraft } from "./draft.js";
import { startEmbedded } from "./embedded.js";
import { startInstalling } from "./install.js";
import { askedLanguage, startPrefs } from "./prefs.js";
import { stopReading } from "./read_aloud.js";
import { Follower, startFolding, startPrinting, watchBars } from "./screen.js";
import { startShare } from "./share.js";
import { Conversation } from "./store.js";
import { Log } from "./view_log.js";
import { danger, forget, think } from "./wire.js";
import { bind } from "./words.js";

const at = (id) => document.getElementById(id);
const conversation = new Conversation();
const log = new Log(at("log"), { say, edit, again, rest, judge });
const courier = new Courier(conversation, { waiting, changed, said, silent, cut, connection });

startPrefs();
const folding = startFolding();
startPrinting();
startInstalling();
startEmbedded();
const drafts = startDraft(conversation, { asked, changed, show, put: (words) => composer.set(words) });
const composer = startComposer(say, drafts.offer);
const share = startShare((location) => say(composer.take(), location));
const follower = new Follower();
watchBars();

function say(words, location = null) {
  const entry = conversation.ask(words, askedLanguage(), location);
  if (courier.lost) conversation.mark(entry, "retrying");
  asked(entry);
  if (courier.running) warn(entry);
  courier.lost ? courier.hurry() : courier.run();
}

/** A message waits behind another: if it tells of danger, its answer does not wait. */
async function warn(entry) {
  const found = await danger({ sender: conversation.sender, ...entry });
  if (entry.state !== "sent") found.forEach((message, nth) => said(entry, nth, message));
}

function asked(entry) {
  at("renewed").hidden = true;
  share.close();
  drafts.close();
  forgetBefore();
  showStart();
  log.add(entry);
  countUnsent();
  follower.show(null);
  composer.focus();
}

function edit(entry) {
  composer.set(entry.text);
  if (entry.shared) share.open();
  else composer.focus();
}

function again(entry) {
  if (entry.draft) return drafts.again(entry);
  conversation.again(entry);
  if (courier.lost) conversation.mark(entry, "retrying");
  log.update(entry);
  countUnsent();
  composer.focus();
  courier.lost ? courier.hurry() : courier.run();
}

/** Asks once more for what got lost after a reply; where somebody was is known no longer, so they say it again. */
function rest(reply) {
  const question = conversation.entries.find(({ id }) => id === reply.to);
  if (!question) return composer.focus();
  if (question.shared) return edit(question);
  again(question);
  log.updateCut(reply);
}

async function judge(entry, verdict, reason) {
  const { status, language } = entry.message.answer;
  const counted = await think({ status, language, verdict, reason });
  if (counted) conversation.judge(entry);
  return counted;
}

/** For tests and styles: how many questions are not answered or refused yet, and answers not all painted. */
let painting = 0;
function countUnsent() { document.body.dataset.unsent = String(conversation.underWay() + painting); }

function changed(entry) {
  const followed = follower.atBottom();
  log.update(entry);
  countUnsent();
  if (followed) follower.show(null);
}

async function said(question, nth, message) {
  const heard = conversation.hear(question, nth, message);
  if (heard) await show(question, heard);
}

/** Resolves when the whole reply stands on the page. */
async function show(question, heard) {
  painting += 1;
  countUnsent();
  const shown = log.grow(question, heard, (article, change) => {
    const arrived = !article.isConnected;
    follower.hold(() => log.repliesTo(question)[0] ?? article, change);
    if (arrived) follower.arrive(article);
  });
  if (heard.reply.message?.answer?.status === "emergency") urgent();
  await shown;
  painting -= 1;
  countUnsent();
}

function urgent() {
  hush();
  // On a phone the keyboard would cover the call buttons.
  if (matchMedia("(pointer: coarse)").matches) composer.blur();
}

function silent(question) {
  show(question, { reply: { id: "none", from: "notice", at: new Date().toISOString() } });
}

function cut(question) {
  follower.hold(() => null, () => log.updateCut(conversation.repliesTo(question).at(-1)));
}

let slow = 0;
/** Nothing says that it is being looked up; also once an emergency was answered, whatever comes after. */
function hush() {
  clearTimeout(slow);
  at("typing-dots").hidden = true;
  delete at("typing-words").dataset.t;
  at("typing-words").textContent = "";
}

function waiting(yes) {
  hush();
  document.body.dataset.waiting = String(yes);
  if (!yes) return;
  at("typing-dots").hidden = false;
  const followed = follower.atBottom();
  bind(at("typing-words"), "typing");
  slow = setTimeout(() => bind(at("typing-words"), "typing.slow"), 5000);
  if (followed) follower.show(null);
}

let settled = 0;
function connection(state) {
  clearTimeout(settled);
  const banner = at("banner");
  const followed = follower.atBottom();
  document.body.dataset.connection = state;
  banner.className = `banner ${state}`;
  if (state === "lost") {
    banner.replaceChildren(
      make("p", {}, make("span", { t: "connection.lost" }), " ", make("span", { t: "connection.emergency" }), " ",
        dial("119", { testid: "banner-call", t: "connection.call" })),
      make("a", { class: "quiet", testid: "banner-cards", href: "offline", target: "_blank", rel: "noopener", t: "connection.cards" }),
      make("button", { type: "button", class: "quiet", testid: "banner-now", t: "connection.now", on: { click: () => courier.hurry() } }));
  } else {
    banner.replaceChildren(make("p", { t: "connection.back" }));
    settled = setTimeout(() => banner.replaceChildren(), 4000);
  }
  if (followed) follower.show(null);
}

function showStart() {
  const begun = conversation.entries.length > 0;
  at("start").hidden = begun;
  at("log").hidden = !begun;
}

function showAll() {
  showStart();
  log.refill(conversation.entries);
  countUnsent();
  waiting(false);
  follower.show(at("log").lastElementChild);
}

/** What "Undo" brings back; once that is offered no longer, the server is asked to erase it. */
let before = null;
function forgetBefore() {
  if (before) forget(before.sender);
  before = null;
}

function renew() {
  forgetBefore();
  drafts.drop();
  folding.close();
  stopReading();
  const spoken = conversation.entries.length > 0;
  if (spoken) before = conversation.renew();
  else conversation.renew();
  courier.drop();
  showAll();
  at("renewed").hidden = !spoken;
  if (spoken) announce("new.done");
  composer.focus();
  window.scrollTo({ top: 0 });
}

function undo() {
  at("renewed").hidden = true;
  conversation.restore(before);
  before = null;
  showAll();
  composer.focus();
  courier.run();
}

at("new").addEventListener("click", renew);
at("undo").addEventListener("click", undo);
at("print").addEventListener("click", () => { folding.close(); window.print(); });
document.querySelectorAll("[data-example]").forEach((button) => button.addEventListener("click", () => say(button.textContent)));
// A choice (language, text size) changes heights: whoever stood at the end stays there.
document.addEventListener("change", ({ target }) => {
  if (target.type === "radio" && follower.atBottom()) setTimeout(() => follower.show(null));
}, true);
window.addEventListener("online", () => courier.hurry());
window.addEventListener("offline", () => courier.run({ check: true }));
// A page that comes back from the browser's cache can still undo: what it shows is its own.
window.addEventListener("pagehide", () => { if (before) forget(before.sender); });
document.addEventListener("visibilitychange", () => { if (!document.hidden && courier.lost) courier.hurry(); });

document.body.dataset.waiting = "false";
document.body.dataset.connection = "unknown";
showAll();
if (conversation.entries.length === 0) window.scrollTo({ top: 0 });
else if (matchMedia("(pointer: fine)").matches) composer.focus();
courier.run({ check: true });
document.body.dataset.ready = "true";
