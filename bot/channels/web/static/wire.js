// The bot's HTTP interface: POST messages, GET health. Nothing here touches the page.
const REPLY_MS = 15000;
const HEALTH_MS = 5000;
const TRY_LATER = new Set([408, 425, 429]);

const list = (value) => (Array.isArray(value) ? value : []);
const string = (value) => (typeof value === "string" ? value : "");

/** An abort signal that fires with `signal`, or after `limit` ms unless `stop` was called before. */
function limited(limit, signal) {
  const control = new AbortController();
  const timer = setTimeout(() => control.abort(), limit);
  signal?.addEventListener("abort", () => control.abort(), { once: true });
  return { signal: control.signal, stop: () => clearTimeout(timer) };
}

const open = (path, options) => fetch(new URL(path, document.baseURI), { cache: "no-store", ...options });

async function request(path, options, limit) {
  const within = limited(limit, options.signal);
  try {
    const response = await open(path, { ...options, signal: within.signal });
    const body = await response.json().catch(() => null);
    if (within.signal.aborted) throw new Error("cut off");
    return { response, body };
  } finally {
    within.stop();
  }
}

const LINES = "application/x-ndjson";
const inLines = (response) => response.headers.get("Content-Type")?.startsWith(LINES) ?? false;

/**
 * Sends one message. Yields {kind: "message", message} for each reply as it comes, then how it ended:
 * {kind: "reply"}, {kind: "rejected", code}, {kind: "cut"}: some came, the rest got lost on the way, or
 * {kind: "lost", poison, wait}: not delivered as far as the page can tell. `poison` says that
 * the message itself may be the cause (500, no reply in time); `wait` is the server's wish in ms.
 */
export async function* post({ id, sender, text, language, location }, signal) {
  const headers = { "Content-Type": "application/json", Accept: `${LINES}, application/json;q=0.5`, "Idempotency-Key": id };
  const started = Date.now();
  const within = limited(REPLY_MS, signal);
  let some = false;
  let plain = false;
  try {
    const response = await open("messages", { method: "POST", headers, body: JSON.stringify({ sender, text, language, location }), signal: within.signal });
    plain = response.ok && !inLines(response);
    const replies = response.ok ? messagesOf(response) : [];
    for await (const message of ahead(replies)) {
      some = true;
      yield { kind: "message", message: readMessage(message) };
    }
    yield response.ok ? { kind: "reply" } : await refused(response);
  } catch {
    yield some ? { kind: "cut" } : { kind: "lost", poison: plain || Date.now() - started >= REPLY_MS, wait: 0 };
  } finally {
    within.stop();
  }
}

async function refused(response) {
  const code = response.status;
  if (code < 400 || code >= 500 || TRY_LATER.has(code)) return { kind: "lost", poison: code === 500, wait: waitOf(response) };
  const body = await response.json().catch(() => null);
  return { kind: "rejected", code };
}

/** The messages of a reply, in lines or in one piece; throws when it does not come to its end. */
async function* messagesOf(response) {
  if (!inLines(response)) {
    yield* (await response.json()).messages;
    return;
  }
  let whole = false;
  for await (const { message, end } of linesOf(response)) {
    whole ||= end === true;
    if (message) yield message;
  }
  if (!whole) throw new Error("cut off");
}

/** Yields what `source` does, but reads on meanwhile: a line that breaks takes along what was not read yet. */
async function* ahead(source) {
  const held = [];
  let failure = null;
  let ended = false;
  let wake = () => {};
  (async () => { for await (const one of source) { held.push(one); wake(); } })()
    .catch((error) => { failure = error; })
    .finally(() => { ended = true; wake(); });
  for (;;) {
    while (held.length > 0) yield held.shift();
    if (failure) throw failure;
    if (ended) return;
    await new Promise((resolve) => { wake = resolve; });
  }
}

async function* linesOf(response) {
  const reader = response.body.getReader();
  const decoder = new TextDecoder();
  let rest = "";
  try {
    for (let part = await reader.read(); !part.done; part = await reader.read()) {
      const lines = (rest + decoder.decode(part.value, { stream: true })).split("\n");
      rest = lines.pop();
      yield* lines.filter(Boolean).map((line) => JSON.parse(line));
    }
  } finally {
    reader.cancel().catch(() => {});
  }
}

function waitOf(response) {
  const seconds = Number(response.headers.get("Retry-After"));
  return Number.isFinite(seconds) ? Math.min(seconds, 30) * 1000 : 0;
}

/** What the page must know of this installation: tiles (or null) and whose the outlines are; null when it cannot be had. */
export async function configuration() {
  try {
    const { response, body } = await request("config", {}, HEALTH_MS);
    return response.ok ? body : null;
  } catch {
    return null;
  }
}

/** The outlines of the dongs as GeoJSON; null when they cannot be had. */
export async function outlines() {
  try {
    const { response, body } = await request("static/ansan-dongs.geojson", { cache: "default" }, REPLY_MS);
    return response.ok && Array.isArray(body?.features) ? body : null;
  } catch {
    return null;
  }
}

/** Counts what somebody thinks of an answer: {status, language, verdict, reason}; true when it was counted. */
export async function think(given) {
  try {
    const options = { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(given) };
    const { response } = await request("feedback", options, HEALTH_MS);
    return response.ok;
  } catch {
    return false;
  }
}

/** What a message has to be answered with at once, though an earlier one is under way; none but for an emergency. */
export async function danger({ sender, text, language }) {
  try {
    const options = { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify({ sender, text, language }) };
    const { response, body } = await request("danger", options, HEALTH_MS);
    return response.ok ? list(body?.messages).map(readMessage) : [];
  } catch {
    return [];
  }
}

const CHECK_MS = 40000;

/**
 * Has a draft checked: `body` is a File or a text. Resolves to {kind: "reply", messages},
 * {kind: "rejected", code} or {kind: "lost"}.
 */
export async function check({ body, name, language }, signal) {
  const headers = { "Content-Type": "application/octet-stream", "X-File-Name": encodeURIComponent(Array.from(name).slice(0, 60).join("").replace(/\p{Surrogate}/gu, "")) };
  try {
    const { response, body: said } = await request(`draft?lang=${language}`, { method: "POST", headers, body, signal }, CHECK_MS);
    if (response.ok && Array.isArray(said?.messages)) return { kind: "reply", messages: said.messages.map(readMessage) };
    return response.status >= 400 && response.status < 500 ? { kind: "rejected", code: response.status } : { kind: "lost" };
  } catch {
    return { kind: "lost" };
  }
}

/** Asks for an earlier conversation to be erased; nobody waits for it, and it goes out also while the page closes. */
export function forget(sender) {
  const headers = { "Content-Type": "application/json" };
  fetch(new URL("forget", document.baseURI), { method: "POST", headers, body: JSON.stringify({ sender }), keepalive: true }).catch(() => {});
}

/** True when the bot answers that it is well. */
export async function health() {
  try {
    const { response, body } = await request("health", {}, HEALTH_MS);
    return response.ok && body?.status === "ok";
  } catch {
    return false;
  }
}

function readMessage(message) {
  return {
    text: string(message?.text),
    quick_replies: list(message?.quick_replies)
      .map((reply) => ({ title: string(reply?.title) || string(reply?.text), text: string(reply?.text) || string(reply?.title) }))
      .filter((reply) => reply.text),
    answer: message?.answer && typeof message.answer === "object" ? readAnswer(message.answer) : null,
  };
}

function readAnswer(answer) {
  return {
    status: string(answer.status),
    language: answer.language === "ko" ? "ko" : "en",
    lead: string(answer.lead),
    text: string(answer.text),
    citations: list(answer.citations).filter((cited) => cited && typeof cited === "object").map(readCitation),
    places: list(answer.places).filter((place) => string(place?.name)).map(readPlace),
    map: answer.map && typeof answer.map === "object" ? readMap(answer.map) : null,
    suggestions: list(answer.suggestions).map(string).filter(Boolean),
    matches: list(answer.matches).map(string).filter(Boolean),
    calls: list(answer.calls).filter((call) => string(call?.number)).map(({ number, label }) => ({ number, label: string(label) })),
    source_dates: list(answer.source_dates).map(string).filter(Boolean),
    computed: list(answer.computed).filter((row) => row && typeof row === "object"),
    files: list(answer.files).map(readFile).filter(({ label, url }) => label && url),
  };
}

/** A file's address must be one of this service. */
const readFile = (file) => ({ kind: string(file?.kind), label: string(file?.label), url: /^\/(?!\/)/.test(string(file?.url)) ? file.url : "" });

const FIELDS = ["provision", "label", "law", "version", "heading", "title", "quote", "quote_ko", "quote_ko_version", "quote_ko_in_force", "text_date", "amended_later", "rendering", "url"];

function readCitation(cited) {
  const read = Object.fromEntries(FIELDS.map((name) => [name, string(cited[name])]));
  return { ...read, path: list(cited.path).map(string).filter(Boolean), history: list(cited.history).map(string).filter(Boolean) };
}

const PLACE_FIELDS = ["id", "name", "name_reading", "kind", "kind_label", "address", "phone", "source", "source_label", "publisher", "as_of", "coordinate_quality", "map_url"];
const PLACE_NUMBERS = ["distance_m", "walk_min", "lat", "lon", "end_lat", "end_lon", "capacity"];
const number = (value) => (Number.isFinite(value) ? value : null);

function readPlace(place) {
  return {
    ...Object.fromEntries(PLACE_FIELDS.map((name) => [name, string(place[name])])),
    ...Object.fromEntries(PLACE_NUMBERS.map((name) => [name, number(place[name])])),
    stale: place.stale === true,
    notes: list(place.notes).map(string).filter(Boolean),
    facts: list(place.facts).map(string).filter(Boolean),
  };
}

const readEnd = (end) => (end && typeof end === "object"
  ? { name: string(end.name), kind: end.kind === "here" ? "here" : "place", lat: number(end.lat), lon: number(end.lon) } : null);

function readMap({ origin, destination, dong_codes }) {
  return { origin: readEnd(origin), destination: readEnd(destination), dong_codes: list(dong_codes).map(string).filter(Boolean) };
}
