// Keeps the offline page on the device, and offers to install the chat where the browser can.
let offer = null;

export function startInstalling() {
  if ("serviceWorker" in navigator && window.isSecureContext) navigator.serviceWorker.register("sw.js").catch(() => {});
  const button = document.getElementById("install");
  window.addEventListener("beforeinstallprompt", (event) => {
    event.preventDefault();
    offer = event;
    button.hidden = false;
  });
  window.addEventListener("appinstalled", () => { button.hidden = true; });
  button.addEventListener("click", async () => {
    await offer?.prompt();
    button.hidden = true;
    offer = null;
  });
}
