// Runs before the first paint, so that a remembered theme, text size or language never flashes.
(function () {
  function read(key) {
    try { return localStorage.getItem("ansim." + key); } catch { return null; }
  }
  var root = document.documentElement;
  var language = read("language");
  var theme = read("theme");
  var size = read("size");
  if (theme === "light" || theme === "dark" || theme === "contrast") root.dataset.theme = theme;
  if (size === "large" || size === "larger") root.dataset.size = size;
  if (language !== "ko" && language !== "en") {
    // a page that frames this one says which language it speaks
    var asked = /[?&]lang=(ko|en)\b/.exec(location.search);
    language = /^ko\b/i.test(asked ? asked[1] : navigator.language || "") ? "ko" : "en";
  }
  // a page of one language (a provision) stays in it
  if (root.dataset.page !== "law") root.lang = language;
})();
