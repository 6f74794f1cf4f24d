// Inside another page's frame: Escape, when nothing is left to fold, asks that page to close the chat.
export const embedded = () => window.parent !== window;

export function startEmbedded() {
  if (!embedded()) return;
  document.documentElement.dataset.embedded = "true";
  // After the page's own handlers: they mark an Escape that folded something.
  window.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && !event.isComposing && !event.defaultPrevented) window.parent.postMessage({ ansim: "close" }, "*");
  });
}
