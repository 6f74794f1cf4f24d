// Where things are on the screen: scrolling to the newest, folding, printing, the settings panel.

const page = document.documentElement;
const top = () => [...document.querySelectorAll("[data-sticky=top]")]
  .filter((bar) => getComputedStyle(bar).position === "sticky")
  .reduce((sum, bar) => sum + bar.offsetHeight, 0);
const dock = () => document.getElementById("dock").offsetHeight;

const bottom = () => window.scrollTo({ top: page.scrollHeight });
const nearBottom = () => page.scrollHeight - window.scrollY - window.innerHeight < 160;

/** Keeps focused elements clear of the bars that stick to the edges. */
export function watchBars() {
  const measure = () => {
    page.style.setProperty("--top", `${top()}px`);
    page.style.setProperty("--strip", `${document.querySelector(".strip").offsetHeight}px`);
    page.style.setProperty("--dock", `${dock()}px`);
  };
  const watcher = new ResizeObserver(measure);
  document.querySelectorAll("[data-sticky]").forEach((bar) => watcher.observe(bar));
  measure();
}

/** Scrolling that follows the conversation, unless the person has scrolled away to read. */
export class Follower {
  constructor() {
    this.button = document.getElementById("newest");
    this.newest = null;
    this.button.addEventListener("click", () => this.show(this.newest));
    window.addEventListener("scroll", () => { if (nearBottom()) this.button.hidden = true; }, { passive: true });
  }

  atBottom() { return nearBottom(); }

  /** Shows `element`: the end of the page, or its beginning when what follows is taller than the screen. */
  show(element) {
    this.button.hidden = true;
    const room = window.innerHeight - top() - dock();
    const tall = element && element.parentElement.getBoundingClientRect().bottom - element.getBoundingClientRect().top > room - 16;
    if (!tall) return bottom();
    // Its question goes with it, when there is room for both.
    const question = element.previousElementSibling;
    const first = question?.offsetHeight < room / 3 ? question : element;
    window.scrollTo({ top: first.getBoundingClientRect().top + window.scrollY - top() });
  }

  /** Carries a change out; whoever stood at the end goes on seeing `first`, the first reply to the same question. */
  hold(first, change) {
    const followed = nearBottom();
    change();
    if (followed) this.show(first());
    return followed;
  }

  /** A new reply stands there: offers to show it unless it is to be seen already. */
  arrive(element) {
    this.newest = element;
    this.button.hidden = element.getBoundingClientRect().top < window.innerHeight - dock() - 80;
  }
}

/** The settings panel, and Escape: it closes the panel, else the citation in focus, else all. */
export function startFolding() {
  const button = document.getElementById("settings-button");
  const panel = document.getElementById("settings-panel");

  function fold(open) {
    panel.hidden = !open;
    button.setAttribute("aria-expanded", String(open));
  }

  button.addEventListener("click", () => fold(panel.hidden));
  document.addEventListener("pointerdown", (event) => {
    if (!panel.hidden && !panel.contains(event.target) && !button.contains(event.target)) fold(false);
  });
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || event.isComposing) return;
    if (!panel.hidden) {
      event.preventDefault();
      if (panel.contains(document.activeElement)) button.focus();
      fold(false);
    } else if (foldCitations()) {
      event.preventDefault();
    }
  });
  return { close: () => fold(false) };
}

function foldCitations() {
  const inside = document.activeElement.closest("details[open]");
  const open = inside ? [inside] : document.querySelectorAll("#log details[open]:not([data-stays])");
  const found = open.length > 0;
  open.forEach((details) => { details.open = false; });
  inside?.querySelector("summary").focus();
  return found;
}

/** On paper everything is unfolded; afterwards it is as it was. */
export function startPrinting() {
  let unfolded = [];
  window.addEventListener("beforeprint", () => {
    unfolded = [...document.querySelectorAll("#log details:not([open])")];
    unfolded.forEach((details) => { details.open = true; });
  });
  window.addEventListener("afterprint", () => unfolded.forEach((details) => { details.open = false; }));
}
