// A draft of a plan, chosen or pasted: sent to be checked and held in memory only, until it is answered.
import { askedLanguage } from "./prefs.js";
import { check } from "./wire.js";
import { pageLanguage, text } from "./words.js";

const MOST_BYTES = 5 * 1024 * 1024;
const REFUSED = { 413: "draft.large", 429: "draft.often" };
const at = (id) => document.getElementById(id);

/** `hooks`: asked(entry), changed(entry), show(entry, heard), put(words) into the message box. */
export function startDraft(conversation, hooks) {
  const panel = at("draft-offer");
  const picker = at("draft-file");
  const held = new Map();
  let cut = new AbortController();
  let offered = null;

  function add(body, name) {
    const entry = conversation.attach(name);
    held.set(entry.id, body);
    hooks.asked(entry);
    send(entry);
  }

  async function send(entry) {
    const { signal } = cut;
    const body = held.get(entry.id);
    if ((body.size ?? new Blob([body]).size) > MOST_BYTES) return fail(entry, "draft.large", true);
    const language = askedLanguage() === "auto" ? pageLanguage() : askedLanguage();
    const outcome = await check({ body, name: entry.text, language }, signal);
    if (signal.aborted) return;
    if (outcome.kind === "lost") return fail(entry, "draft.lost");
    if (outcome.kind === "rejected") return fail(entry, REFUSED[outcome.code] ?? "draft.refused", outcome.code !== 429);
    held.delete(entry.id);
    const heard = outcome.messages.map((message, nth) => conversation.hear(entry, nth, message));
    conversation.finish(entry);
    hooks.changed(entry);
    for (const each of heard) if (each) await hooks.show(entry, each);
  }

  /** `pick`: sending the same again would not help. */
  function fail(entry, key, pick = false) {
    if (pick) held.delete(entry.id);
    conversation.mark(entry, "failed", { key, pick });
    hooks.changed(entry);
  }

  function again(entry) {
    if (!held.has(entry.id)) return picker.click();
    conversation.mark(entry, "reading");
    hooks.changed(entry);
    send(entry);
  }

  function offer(words, before) {
    offered = { words, before };
    panel.hidden = false;
  }

  function close() {
    offered = null;
    panel.hidden = true;
  }

  /** Drops what is under way: its conversation was put aside. */
  function drop() {
    close();
    cut.abort();
    cut = new AbortController();
    held.clear();
  }

  at("draft-button").addEventListener("click", () => picker.click());
  picker.addEventListener("change", () => {
    const [file] = picker.files;
    if (file) add(file, file.name);
    // else the same file could not be chosen again
    picker.value = "";
  });
  at("draft-now").addEventListener("click", () => {
    const { words, before } = offered;
    hooks.put(before);
    add(words, text("draft.pasted"));
  });
  at("draft-not").addEventListener("click", () => { close(); at("input").focus(); });
  return { again, offer, close, drop };
}
