/** Names for what the author has not written: none of them occurs in the text. */
export class Names {
  #text;
  #given = new Set();

  constructor(text) {
    this.#text = text;
  }

  /** A name that begins with `stem`. */
  free(stem) {
    let name = stem;
    for (let i = 1; this.#given.has(name) || this.#text.includes(name); i++) name = `${stem}${i}`;
    this.#given.add(name);
    return name;
  }
}
