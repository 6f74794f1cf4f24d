// The log of the conversation on the page.
import { icon, make } from "./dom.js";
import { fillClock } from "./words.js";
import { viewFeedback } from "./view_feedback.js";
import { viewMessage, viewReplies } from "./view_answer.js";

/** `acts`: say(text), edit(entry), again(entry), judge(entry, verdict, reason). */
export class Log {
  constructor(element, acts) {
    this.element = element;
    this.acts = acts;
  }

  /** Shows kept entries without announcing each of them again. */
  refill(entries) {
    this.element.setAttribute("aria-live", "off");
    this.element.replaceChildren(...entries.map((entry) => this.article(entry, false)));
    this.offer();
    setTimeout(() => this.element.setAttribute("aria-live", "polite"), 500);
  }

  add(entry) {
    const article = this.article(entry, true);
    this.element.append(article);
    this.offer();
    return article;
  }

  /** Puts replies right behind their question. */
  addReplies(question, replies) {
    const articles = replies.map((entry) => this.article(entry, true));
    const place = this.find(question);
    if (place) place.after(...articles);
    else this.element.append(...articles);
    this.offer();
    return articles;
  }

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

  /** Quick replies stand under the newest message only: the older ones are settled. */
  offer() {
    this.element.querySelectorAll("[data-testid=replies]").forEach((old) => { old.hidden = old.closest("article") !== this.element.lastElementChild; });
  }

  article(entry, fresh) {
    const from = entry.from;
    const name = `from-${entry.id}`;
    const clock = make("time", { datetime: entry.at, "data-clock": true });
    fillClock(clock);
    const status = entry.message?.answer?.status ?? null;
    const article = make("article", {
      class: `message from-${from}`, testid: "message", "aria-labelledby": name,
      data: { id: entry.id, from, ...(status && { status }), ...(entry.state && { state: entry.state }) },
    },
      make("p", { class: "sender" }, make("span", { id: name, t: `from.${from}` }), " ", clock),
      ...(from === "user" ? this.question(entry) : this.reply(entry, fresh)));
    return article;
  }

  question(entry) {
    const body = make("p", { class: "bubble", testid: "message-body" },
      entry.shared && make("span", { class: "shared", testid: "shared" }, icon("pin"), make("span", { t: "share.sent" })),
      entry.draft && make("span", { class: "shared", testid: "draft" }, icon("clip"), make("span", { t: "draft.sent" })),
      entry.text && make("span", { class: "asked" }, entry.text));
    return [body, this.state(entry)];
  }

  reply(entry, fresh) {
    const { message } = entry;
    if (!message) return [make("p", { class: "prose", testid: "message-body", t: "error.noReply" })];
    return [make("div", { class: "reply", testid: "message-body" }, ...viewMessage(message, fresh)),
      message.answer && viewFeedback(entry, this.acts.judge), viewReplies(message, this.acts.say)].filter(Boolean);
  }

  state(entry) {
    if (["sent", "sending"].includes(entry.state)) return null;
    const { error } = entry;
    return make("div", { class: "state", testid: "message-state", role: entry.state === "failed" ? "alert" : null },
      make("p", {}, make("strong", { t: `state.${entry.state}` }),
        error && " – ", error && make("span", { t: error.key }), error?.said && make("span", { class: "said" }, ` (${error.said})`)),
      error && make("button", {
        type: "button", class: "quiet", testid: "message-again", t: error.edit ? "state.edit" : error.pick ? "draft.other" : "state.again",
        on: { click: () => (error.edit ? this.acts.edit(entry) : this.acts.again(entry)) },
      }));
  }
}
