// The conversation: kept in sessionStorage, so that a reload or a server restart loses nothing.
const KEY = "ansim.conversation";
const KEPT = 200;

/** A random id; crypto.randomUUID exists only on https pages, hence the second way. */
export function newId() {
  if (crypto.randomUUID) return crypto.randomUUID();
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = (bytes[6] & 0x0f) | 0x40;
  bytes[8] = (bytes[8] & 0x3f) | 0x80;
  const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
}

const fresh = () => ({ sender: newId(), entries: [] });

function load() {
  try {
    const kept = JSON.parse(sessionStorage.getItem(KEY));
    if (typeof kept?.sender === "string" && Array.isArray(kept.entries)) return kept;
  } catch { /* storage is off or spoiled: start afresh */ }
  return fresh();
}

const OPEN = ["queued", "sending", "retrying"];

/** An entry as it may be stored: where somebody is stays only while their question is on its way. */
function withoutWhere(entry) {
  if (entry.location && !OPEN.includes(entry.state)) return { ...entry, location: undefined };
  const map = entry.message?.answer?.map;
  if (map?.origin?.kind !== "here") return entry;
  const answer = { ...entry.message.answer, map: { ...map, origin: { ...map.origin, lat: null, lon: null } } };
  return { ...entry, message: { ...entry.message, answer } };
}

/**
 * Entries: {id, from: "user", text, language, location?, shared?, state, tries, at, error?} and
 * {id, from: "bot", to, message, at, cut?}. State: queued | sending | retrying | failed | sent; of a draft
 * ({…, draft: true}) reading | failed | sent. `to`: the question's id; `cut`: what came after it got lost.
 */
export class Conversation {
  constructor() {
    this.restore(load());
  }

  get sender() { return this.kept.sender; }
  get entries() { return this.kept.entries; }

  unsent() {
    return this.entries.filter((entry) => OPEN.includes(entry.state));
  }

  /** How many questions and drafts are not answered or refused yet. */
  underWay() {
    return this.entries.filter(({ state }) => state === "reading" || OPEN.includes(state)).length;
  }

  /** `location`: {lat, lon, accuracy_m} when the person shared it with this question. */
  ask(text, language, location = null) {
    const entry = { id: newId(), from: "user", text, language, state: "queued", tries: 0, at: new Date().toISOString() };
    if (location) Object.assign(entry, { location, shared: true });
    this.entries.push(entry);
    this.save();
    return entry;
  }

  /** A draft under way; its content is in no entry. `name`: the file's, or what stands for a pasted text. */
  attach(name) {
    const entry = { id: newId(), from: "user", text: name, draft: true, state: "reading", tries: 0, at: new Date().toISOString() };
    this.entries.push(entry);
    this.save();
    return entry;
  }

  repliesTo(entry) { return this.entries.filter(({ to }) => to === entry.id); }

  /**
   * Keeps the `nth` reply to a question right behind those before it, also when others were asked meanwhile.
   * Asked again, a question hears from the first once more: null for what stands there already, and what is
   * different takes its place (`instead`).
   */
  hear(entry, nth, message) {
    const there = this.repliesTo(entry);
    const instead = there[nth];
    if (instead && JSON.stringify(instead.message) === JSON.stringify(message)) return null;
    const reply = { id: newId(), from: "bot", to: entry.id, message, at: new Date().toISOString() };
    const place = instead ? this.entries.indexOf(instead) : this.entries.indexOf(there.at(-1) ?? entry) + 1;
    this.entries.splice(place, instead ? 1 : 0, reply);
    this.save();
    return { reply, instead };
  }

  /** All replies to the question have come. */
  finish(entry) {
    entry.state = "sent";
    delete entry.location;
    this.save();
  }

  /** The rest of the replies got lost. */
  cut(entry) {
    this.repliesTo(entry).at(-1).cut = true;
    this.finish(entry);
  }

  /** The question waits to be sent once more. */
  again(entry) {
    entry.tries = 0;
    this.repliesTo(entry).forEach((reply) => { delete reply.cut; });
    this.mark(entry, "queued");
  }

  mark(entry, state, error = null) {
    entry.state = state;
    entry.error = error;
    if (!OPEN.includes(state)) delete entry.location;
    this.save();
  }

  /** Remembers that a person said what they think of a reply: it is asked once. */
  judge(entry) {
    entry.judged = true;
    this.save();
  }

  /** Starts afresh; returns what was there, for `restore`. */
  renew() {
    const before = this.kept;
    this.kept = fresh();
    this.save();
    return before;
  }

  restore(kept) {
    this.kept = kept;
    // What was under way was cut off: it goes out again under its id, which the server may know.
    this.unsent().forEach((entry) => { entry.state = "queued"; });
    // A draft was in memory only: it can be sent again no longer.
    this.entries.filter(({ draft, state, error }) => draft && state !== "sent" && !error?.pick)
      .forEach((entry) => Object.assign(entry, { state: "failed", error: { key: "draft.cut", pick: true } }));
    this.save();
  }

  save() {
    const { sender, entries } = this.kept;
    for (let count = KEPT; count >= 1; count = Math.floor(count / 2)) {
      try {
        sessionStorage.setItem(KEY, JSON.stringify({ sender, entries: entries.slice(-count).map(withoutWhere) }));
        return;
      } catch { /* full or off: keep fewer */ }
    }
  }
}

/** What the person chose (theme, size, language); null when nothing, or when storage is off. */
export function recall(name) {
  try { return localStorage.getItem(`ansim.${name}`); } catch { return null; }
}

export function remember(name, value) {
  try { localStorage.setItem(`ansim.${name}`, value); } catch { /* storage is off */ }
}
