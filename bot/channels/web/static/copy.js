// Copying to the clipboard, and saying so.
import { bind, text } from "./words.js";

async function toClipboard(value) {
  try {
    await navigator.clipboard.writeText(value);
    return true;
  } catch {
    return toClipboardOldWay(value); // no clipboard API on plain http pages
  }
}

function toClipboardOldWay(value) {
  const before = document.activeElement;
  const area = document.createElement("textarea");
  area.className = "unseen";
  area.value = value;
  document.body.append(area);
  area.select();
  const done = document.execCommand("copy");
  area.remove();
  before?.focus({ preventScroll: true });
  return done;
}

/** Says one sentence to screen readers. */
export function announce(key) {
  const place = document.getElementById("announcer");
  place.textContent = "";
  setTimeout(() => { place.textContent = text(key); }, 50);
}

/** Copies `value`; the label inside the button says "copied" for two seconds. */
export async function copy(value, label, key) {
  const done = await toClipboard(value);
  announce(done ? "copied" : "copied.not");
  bind(label, done ? "copied" : "copied.not");
  setTimeout(() => bind(label, key), 2000);
}

/** A citation as plain text: the quote, then where it stands, its date and its pages. */
export function citationText(cited, page = null) {
  const number = cited.version && text("cite.version", { version: cited.version });
  const date = cited.text_date && text("cite.date", { day: cited.text_date });
  const source = [cited.label, [cited.law, number].filter(Boolean).join(" "), date].filter(Boolean).join(" · ");
  const amended = cited.amended_later && `${text("cite.amended")}: ${cited.amended_later}`;
  const official = cited.quote_ko && `${cited.quote_ko}\n(${text("cite.version", { version: cited.quote_ko_version })})\n`;
  return [official, cited.quote, `– ${source}`, amended, cited.url, page].filter(Boolean).join("\n");
}
