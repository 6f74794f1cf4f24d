// The log of the conversation on the page.
import { icon, make } from "./dom.js";
import { inFrames } from "./frames.js";
import { fillClock } from "./words.js";
import { viewFeedback } from "./view_feedback.js";
import { messageParts, viewReplies } from "./view_answer.js";

/** `acts`: say(text), edit(entry), again(entry), rest(reply), judge(entry, verdict, reason). */
export class Log {
  constructor(element, acts) {
    this.element = element;
    this.acts = acts;
    this.growing = 0;
  }

  /** Shows kept entries without announcing each of them again. */
  refill(entries) {
    this.element.setAttribute("aria-live", "off");
    this.element.replaceChildren(...entries.map((entry) => this.whole(entry)));
    this.offer();
    setTimeout(() => this.element.setAttribute("aria-live", "polite"), 500);
  }

  add(entry) {
    const article = this.whole(entry);
    this.element.append(article);
    this.offer();
    return article;
  }

  /**
   * Puts a reply behind the others to its question, or in the place of `instead`: its lead now, the rest in the
   * next frames. `step(article, change)` carries each change out; resolves when all stands there.
   * While it grows the log is busy, so that a screen reader says it once and in order; not so an emergency.
   */
  async grow(question, { reply, instead }, step) {
    const [article, lead, ...rest] = this.article(reply, true);
    const busy = reply.message?.answer?.status !== "emergency";
    if (busy) this.busy(1);
    step(article, () => { lead(); this.place(question, article, instead); });
    await inFrames(rest.map((part) => () => step(article, () => { part(); this.offer(); })));
    if (busy) this.busy(-1);
  }

  busy(more) {
    this.growing += more;
    if (this.growing > 0) this.element.setAttribute("aria-busy", "true");
    else this.element.removeAttribute("aria-busy");
  }

  place(question, article, instead) {
    const old = instead && this.find(instead);
    const before = this.repliesTo(question).at(-1) ?? this.find(question);
    if (old) old.replaceWith(article);
    else if (before) before.after(article);
    else this.element.append(article);
    this.offer();
  }

  repliesTo(question) { return [...this.element.querySelectorAll(`[data-to="${question.id}"]`)]; }

  find(entry) { return this.element.querySelector(`[data-id="${entry.id}"]`); }

  /** Shows a question's changed state. */
  update(entry) {
    const article = this.find(entry);
    if (!article) return;
    article.dataset.state = entry.state;
    article.querySelector(".state")?.remove();
    const state = this.state(entry);
    if (state) article.append(state);
  }

  /** Says under a reply that what came after it got lost, or no longer. */
  updateCut(reply) {
    const article = this.find(reply);
    article?.querySelector("[data-testid=cut]")?.remove();
    if (article && reply.cut) article.append(this.cut(reply));
  }

  /** Quick replies stand under the newest message only: the older ones are settled. */
  offer() {
    this.element.querySelectorAll("[data-testid=replies]").forEach((old) => { old.hidden = old.closest("article") !== this.element.lastElementChild; });
  }

  /** An entry with all its parts. */
  whole(entry) {
    const [article, ...parts] = this.article(entry, false);
    parts.forEach((part) => part());
    return article;
  }

  /** The element of an entry, and what fills it part by part. `fresh`: it has just come in. */
  article(entry, fresh) {
    const from = entry.from;
    const name = `from-${entry.id}`;
    const clock = make("time", { datetime: entry.at, "data-clock": true });
    fillClock(clock);
    const status = entry.message?.answer?.status ?? null;
    const article = make("article", {
      class: `message from-${from}`, testid: "message", "aria-labelledby": name,
      data: { id: entry.id, from, ...(entry.to && { to: entry.to }), ...(status && { status }), ...(entry.state && { state: entry.state }) },
    },
      make("p", { class: "sender" }, make("span", { id: name, t: `from.${from}` }), " ", clock));
    const fill = (element, made) => () => element.append(...made().filter(Boolean));
    if (from === "user") return [article, fill(article, () => this.question(entry))];
    if (!entry.message) return [article, fill(article, () => [make("p", { class: "prose", testid: "message-body", t: "error.noReply" })])];
    const body = make("div", { class: "reply", testid: "message-body" });
    article.append(body);
    return [article, ...messageParts(entry.message, fresh).map((part) => fill(body, part)), fill(article, () => this.after(entry))];
  }

  question(entry) {
    const body = make("p", { class: "bubble", testid: "message-body" },
      entry.shared && make("span", { class: "shared", testid: "shared" }, icon("pin"), make("span", { t: "share.sent" })),
      entry.draft && make("span", { class: "shared", testid: "draft" }, icon("clip"), make("span", { t: "draft.sent" })),
      entry.text && make("span", { class: "asked" }, entry.text));
    return [body, this.state(entry)];
  }

  /** What stands below a reply. */
  after(entry) {
    const { message } = entry;
    return [message.answer && viewFeedback(entry, this.acts.judge), viewReplies(message, this.acts.say), entry.cut && this.cut(entry)];
  }

  cut(entry) {
    return make("div", { class: "state cut", testid: "cut", role: "alert" },
      make("p", { t: "cut" }),
      make("button", { type: "button", class: "quiet", testid: "cut-again", t: "cut.again", on: { click: () => this.acts.rest(entry) } }));
  }

  state(entry) {
    if (["sent", "sending"].includes(entry.state)) return null;
    const { error } = entry;
    return make("div", { class: "state", testid: "message-state", role: entry.state === "failed" ? "alert" : null },
      make("p", {}, make("strong", { t: `state.${entry.state}` }),
        error && " – ", error && make("span", { t: error.key })),
      error && make("button", {
        type: "button", class: "quiet", testid: "message-again", t: error.edit ? "state.edit" : error.pick ? "draft.other" : "state.again",
        on: { click: () => (error.edit ? this.acts.edit(entry) : this.acts.again(entry)) },
      }));
  }
}
