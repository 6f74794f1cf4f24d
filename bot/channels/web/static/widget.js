// The chat on another page: <script src="https://HOST/chat/widget.js" data-lang="ko" defer></script>
// ORIGINS stands above, put there by the server. Everything lives in a shadow root, so neither page's styles
// reach the other. The frame is not sandboxed: its emergency numbers must dial in every browser.
(() => {
  const script = document.currentScript;
  const home = new URL("./", script.src);
  const WORDS = {
    ko: { open: "안심에게 묻기", title: "안심 대화창", close: "닫기", tab: "새 창에서 열기" },
    en: { open: "Ask Ansim", title: "Ansim chat", close: "Close", tab: "Open in a new tab" },
  };
  const asked = script.dataset.lang || document.documentElement.lang || navigator.language || "";
  const language = /^ko\b/i.test(asked) ? "ko" : "en";
  const words = WORDS[language];
  const address = new URL(`?lang=${language}`, home).href;
  const STYLE = `
    :host { all: initial; }
    * { box-sizing: border-box; font: 600 16px/1.4 system-ui, "Apple SD Gothic Neo", "Noto Sans KR", "Malgun Gothic", sans-serif; }
    .open { position: fixed; z-index: 2147483000; right: max(16px, env(safe-area-inset-right)); bottom: max(16px, env(safe-area-inset-bottom));
      display: flex; align-items: center; gap: 8px; min-height: 52px; padding: 8px 20px; border: 2px solid #fff; border-radius: 26px;
      background: #0b5d78; color: #fff; box-shadow: 0 2px 12px rgb(0 0 0 / 35%); cursor: pointer; text-decoration: none; }
    .open:hover { background: #084a60; }
    :focus-visible { outline: 3px solid #0b5d78; outline-offset: 3px; }
    .panel { position: fixed; z-index: 2147483001; right: 16px; bottom: 16px; display: flex; flex-direction: column;
      width: min(420px, calc(100vw - 32px)); height: min(720px, calc(100dvh - 32px)); border: 1px solid #73828f; border-radius: 16px;
      overflow: hidden; background: #fff; box-shadow: 0 8px 32px rgb(0 0 0 / 35%); }
    .bar { display: flex; align-items: center; gap: 8px; min-height: 48px; padding: 0 8px 0 16px; background: #0b5d78; color: #fff; }
    .bar .name { flex: 1; }
    .bar a, .bar button { display: flex; align-items: center; min-height: 44px; padding: 0 8px; border: 0; border-radius: 8px; background: none;
      color: #fff; font-size: 14px; cursor: pointer; text-decoration: underline; }
    .bar :focus-visible { outline-color: #fff; outline-offset: -4px; }
    iframe { flex: 1; width: 100%; border: 0; background: #f3f6f8; }
    [hidden] { display: none !important; }
    @media (max-width: 480px) { .panel { inset: 0; width: 100%; height: 100dvh; border: 0; border-radius: 0; } }`;

  const host = document.createElement("ansim-chat");
  host.lang = language;
  const root = host.attachShadow({ mode: "open" });
  // A sheet of its own needs no leave of the page's Content-Security-Policy.
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(STYLE);
  root.adoptedStyleSheets = [sheet];

  function element(tag, properties, ...children) {
    const made = Object.assign(document.createElement(tag), properties);
    made.append(...children);
    return made;
  }

  const framed = ORIGINS.includes(location.origin) || location.origin === home.origin;
  const button = framed
    ? element("button", { type: "button", className: "open" }, words.open)
    : element("a", { className: "open", href: address, target: "_blank", rel: "noopener" }, words.open);
  root.append(button);
  let panel = null;

  function build() {
    const close = element("button", { type: "button", onclick: hide }, words.close);
    const tab = element("a", { href: address, target: "_blank", rel: "noopener" }, words.tab);
    const frame = element("iframe", { src: address, title: words.title, allow: "geolocation; clipboard-write" });
    panel = element("div", { className: "panel" }, element("div", { className: "bar" }, element("span", { className: "name" }, words.title), tab, close), frame);
    panel.setAttribute("role", "dialog");
    panel.setAttribute("aria-label", words.title);
    panel.addEventListener("keydown", (event) => { if (event.key === "Escape") hide(); });
    window.addEventListener("message", (event) => {
      if (event.source === frame.contentWindow && event.origin === home.origin && event.data?.ansim === "close") hide();
    });
    root.append(panel);
    frame.addEventListener("load", () => frame.focus(), { once: true });
  }

  function show() {
    if (panel) panel.hidden = false;
    else build();
    button.hidden = true;
    button.setAttribute("aria-expanded", "true");
    panel.querySelector("iframe").focus();
  }

  function hide() {
    panel.hidden = true;
    button.hidden = false;
    button.setAttribute("aria-expanded", "false");
    button.focus();
  }

  if (framed) {
    button.setAttribute("aria-haspopup", "dialog");
    button.setAttribute("aria-expanded", "false");
    button.addEventListener("click", show);
  }
  const place = () => document.body.append(host);
  if (document.body) place();
  else document.addEventListener("DOMContentLoaded", place, { once: true });
})();
