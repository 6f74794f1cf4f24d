// Which place of an answer is selected: the list and the map follow each other through it.
export class Selection {
  constructor() {
    this.current = null;
    this.followers = [];
  }

  /** `run(number or null, by)` is called after each change; `by` is "list" or "map". */
  follow(run) { this.followers.push(run); }

  /** Selects a place by its number in the list; the selected one is let go again. */
  choose(number, by) {
    this.current = this.current === number ? null : number;
    this.followers.forEach((run) => run(this.current, by));
  }
}
