// Paints in steps: what stands on the page is painted before the next part is made, as long as there is time for it.
const MOST_MS = 120;
const still = matchMedia("(prefers-reduced-motion: reduce)");

/** Runs the steps in order, a frame apart; all at once when no movement is wanted, or when nobody sees the page. */
export async function inFrames(steps) {
  const begun = performance.now();
  for (const step of steps) {
    if (!still.matches && !document.hidden && performance.now() - begun < MOST_MS) await painted();
    step();
  }
}

/** Resolves after the next frame was painted; soon in any case, as a page that is hidden paints none. */
const painted = () => new Promise((resolve) => {
  setTimeout(resolve, 50);
  requestAnimationFrame(() => setTimeout(resolve));
});
