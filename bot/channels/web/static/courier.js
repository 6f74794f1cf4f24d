// Carries questions to the bot: one at a time, in order, each until it is answered or refused.
import { health, post } from "./wire.js";

const PAUSES_MS = [1000, 2000, 4000, 8000, 15000, 30000];
const POISON_TRIES = 5;
const LEAVING_MS = 200;

/**
 * `hooks`: waiting(yes), changed(entry), said(entry, nth, message): a promise that it stands on the page,
 * silent(entry): no reply came, cut(entry): the rest of its replies got lost, connection("lost" | "back").
 * A question keeps its id over all tries (Idempotency-Key), so the server can tell a repeat.
 */
export class Courier {
  constructor(conversation, hooks) {
    this.conversation = conversation;
    this.hooks = hooks;
    this.running = false;
    this.lost = false;
    this.wake = () => {};
    this.cut = new AbortController();
  }

  /** Sends all that waits; `check` asks first whether the bot is there at all. */
  async run({ check = false } = {}) {
    if (this.running) return;
    this.running = true;
    try {
      if (check && !(await health())) await this.reconnect(1, 0);
      for (let entry = this.next(); entry; entry = this.next()) await this.send(entry);
      this.found();
    } finally {
      this.running = false;
    }
    if (this.next()) this.run();
  }

  next() { return this.conversation.unsent()[0]; }

  /** Tries at once instead of waiting the pause out. */
  hurry() {
    this.wake();
    this.run({ check: true });
  }

  /** Drops what is under way: its conversation was put aside. */
  drop() {
    this.cut.abort();
    this.cut = new AbortController();
    this.wake();
  }

  async send(entry) {
    const { sender } = this.conversation;
    const { signal } = this.cut;
    this.mark(entry, "sending");
    this.hooks.waiting(true);
    let outcome = null;
    let heard = 0;
    for await (const part of post({ ...entry, sender }, signal)) {
      if (signal.aborted) break;
      if (part.kind !== "message") outcome = part;
      else await this.hooks.said(entry, heard++, part.message);
    }
    this.hooks.waiting(false);
    if (signal.aborted) return;
    if (outcome.kind === "reply") this.answered(entry, heard);
    else if (outcome.kind === "cut") await this.break(entry);
    else if (outcome.kind === "rejected") this.reject(entry, outcome);
    else await this.retry(entry, outcome);
  }

  answered(entry, heard) {
    this.conversation.finish(entry);
    this.found();
    this.hooks.changed(entry);
    if (heard === 0) this.hooks.silent(entry);
  }

  /** What came stays; the person is asked before it is asked for again. */
  async break(entry) {
    const { signal } = this.cut;
    // A page that is left breaks its own line: it does not live to see this, and asks again when it is back.
    await this.pause(LEAVING_MS);
    if (signal.aborted) return;
    this.conversation.cut(entry);
    this.hooks.changed(entry);
    this.hooks.cut(entry);
    if (!(await health())) await this.reconnect(1, 0);
  }

  reject(entry, { code }) {
    this.found();
    this.mark(entry, "failed", { key: code === 413 ? "error.tooLong" : "error.rejected", edit: true });
  }

  async retry(entry, { poison, wait }) {
    entry.tries += 1;
    if (poison && entry.tries >= POISON_TRIES) {
      this.mark(entry, "failed", { key: "error.gaveUp", edit: Boolean(entry.shared) });
      return;
    }
    this.mark(entry, "retrying");
    await this.reconnect(entry.tries, wait);
  }

  /** Waits, longer each time, until `health` answers again. */
  async reconnect(tries, wait) {
    const { signal } = this.cut;
    this.lost = true;
    this.hooks.connection("lost");
    for (let round = tries - 1; ; round += 1) {
      this.conversation.unsent().forEach((entry) => this.mark(entry, "retrying"));
      await this.pause(Math.max(wait, PAUSES_MS[Math.min(round, PAUSES_MS.length - 1)]));
      if (await health()) return;
      if (signal.aborted) return this.reconnect(1, 0);
    }
  }

  pause(limit) {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, limit);
      this.wake = () => { clearTimeout(timer); resolve(); };
    });
  }

  found() {
    if (!this.lost) return;
    this.lost = false;
    this.hooks.connection("back");
  }

  mark(entry, state, error = null) {
    if (entry.state === state) return;
    this.conversation.mark(entry, state, error);
    this.hooks.changed(entry);
  }
}
