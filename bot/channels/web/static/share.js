// Sharing where one is with one question: said beforehand, asked of the browser, sent once, kept nowhere.
import { bind } from "./words.js";

const OPTIONS = { enableHighAccuracy: true, timeout: 10000, maximumAge: 60000 };
const FAILED = { 1: "share.denied", 2: "share.unavailable", 3: "share.timeout" };
const at = (id) => document.getElementById(id);

/** `send({lat, lon, accuracy_m})` is called once the browser has said where it is. */
export function startShare(send) {
  const panel = at("share");
  const button = at("share-button");
  let round = 0;

  function fold(open) {
    round += 1;
    panel.hidden = !open;
    button.setAttribute("aria-expanded", String(open));
    say(null);
    if (open) at("share-now").focus({ preventScroll: true });
  }

  function say(key) {
    panel.dataset.state = key ?? "";
    at("share-now").disabled = key === "share.waiting";
    if (key) return bind(at("share-state"), key);
    delete at("share-state").dataset.t;
    at("share-state").textContent = "";
  }

  function ask() {
    if (!window.isSecureContext || !navigator.geolocation) return say("share.insecure");
    round += 1;
    const asked = round;
    say("share.waiting");
    // the button pressed is out of use now: the keyboard stays in the panel, where Escape leaves it
    at("share-not").focus({ preventScroll: true });
    navigator.geolocation.getCurrentPosition(({ coords }) => {
      if (asked !== round) return;
      fold(false);
      send(place(coords));
    }, ({ code }) => { if (asked === round) say(FAILED[code] ?? "share.unavailable"); }, OPTIONS);
  }

  button.addEventListener("click", () => fold(panel.hidden));
  at("share-now").addEventListener("click", ask);
  at("share-not").addEventListener("click", () => { fold(false); button.focus(); });
  panel.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    event.preventDefault();
    event.stopPropagation();
    fold(false);
    button.focus();
  });
  return { open: () => fold(true), close: () => fold(false) };
}

/** Five decimals are about a metre: finer than any browser knows. */
const place = ({ latitude, longitude, accuracy }) => ({
  lat: Number(latitude.toFixed(5)), lon: Number(longitude.toFixed(5)), accuracy_m: Math.round(accuracy),
});
