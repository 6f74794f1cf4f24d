// Shows one language of the offline page, the one that was chosen on the chat, and offers the other.
const root = document.documentElement;
const buttons = [...document.querySelectorAll("[data-language]")];

function show(language) {
  root.lang = language;
  root.dataset.chosen = language;
  buttons.forEach((button) => { button.hidden = button.dataset.language === language; });
}

buttons.forEach((button) => button.addEventListener("click", () => {
  show(button.dataset.language);
  buttons.find((other) => !other.hidden)?.focus();
}));
show(root.lang === "ko" ? "ko" : "en");
