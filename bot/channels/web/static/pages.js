// What a script adds to the pages beside the chat: copying an address and printing. They are whole without it.
const announced = (button, words) => {
  const before = button.dataset.label ?? button.textContent;
  button.dataset.label = before;
  button.textContent = words;
  setTimeout(() => { button.textContent = before; }, 2000);
};

for (const button of document.querySelectorAll("[data-print]")) {
  button.hidden = false;
  button.addEventListener("click", () => {
    document.querySelectorAll("details").forEach((one) => { one.open = true; });
    window.print();
  });
}

for (const button of document.querySelectorAll("[data-copy]")) {
  button.hidden = !navigator.clipboard;
  button.setAttribute("aria-live", "polite");
  button.addEventListener("click", async () => {
    try {
      await navigator.clipboard.writeText(new URL(button.dataset.copy, location.href).href);
      announced(button, button.dataset.copied);
    } catch {
      announced(button, button.dataset.failed);
    }
  });
}
