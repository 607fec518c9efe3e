// Changes of a text that keep its lines: offsets are those of the original.

const TERMINATOR = /\r\n|[\n\r\u2028\u2029]/g;

export class Edits {
  #text;
  #edits = [];
  #sorted;
  /** Whether all that was done is to turn text into spaces. */
  onlyBlanks = true;

  constructor(text) {
    this.#text = text;
  }

  /** Turns a range into spaces; `lead` may take the place of its first character. */
  blank(start, end, lead = ' ') {
    if (lead !== ' ') this.onlyBlanks = false;
    if (start < end) this.#edits.push([start, end, (lead + this.#text.slice(start + 1, end).replace(/[^\n\r\u2028\u2029]/g, ' '))]);
  }

  /** Writes something else in place of a range; its line ends follow. */
  replace(start, end, replacement) {
    this.onlyBlanks = false;
    const ends = this.#text.slice(start, end).match(TERMINATOR) ?? [];
    this.#edits.push([start, end, replacement + ends.join('')]);
  }

  insert(at, text) {
    this.onlyBlanks = false;
    this.#edits.push([at, at, text, this.#edits.length]);
  }

  /** Inserts the end of what was begun elsewhere: before all that was inserted here so far. */
  close(at, text) {
    this.onlyBlanks = false;
    this.#edits.push([at, at, text, -this.#edits.length]);
  }

  /** Whether an edit lies in a range; only when all are made. */
  touches(start, end) {
    const edits = this.#inOrder();
    let [low, high] = [0, edits.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (edits[middle][1] > start) high = middle;
      else low = middle + 1;
    }
    return low < edits.length && edits[low][0] < end;
  }

  #inOrder() {
    this.#sorted ??= this.#edits.sort((a, b) => a[0] - b[0] || a[1] - b[1] || a[3] - b[3]);
    return this.#sorted;
  }

  get isEmpty() {
    return this.#edits.length === 0;
  }

  /**
   * Where the new text comes from: offset in it, offset in the original, and whether what follows is the original's; flat.
   * In what was written anew all offsets mean the place where it stands.
   */
  moves() {
    const moves = [0, 0, 1];
    let shift = 0;
    for (const [start, end, text] of this.#inOrder()) {
      if (text.length === end - start) continue;
      moves.push(start + shift, start, 0);
      shift += text.length - (end - start);
      moves.push(end + shift, end, 1);
    }
    return moves;
  }

  apply() {
    const inOrder = this.#inOrder();
    const parts = [];
    let done = 0;
    for (const [start, end, text] of inOrder) {
      if (start < done) throw new Error(`bug: edits overlap at ${start}`);
      parts.push(this.#text.slice(done, start), text);
      done = end;
    }
    parts.push(this.#text.slice(done));
    return parts.join('');
  }
}

/** The offset of the next character that is neither white space, comment nor one of `also`. */
export function skip(text, offset, also = '') {
  let at = offset;
  for (;;) {
    const c = text[at];
    if (c === '/' && text[at + 1] === '/') {
      while (at < text.length && !/[\n\r\u2028\u2029]/.test(text[at])) at++;
    } else if (c === '/' && text[at + 1] === '*') {
      at = text.indexOf('*/', at + 2) + 2;
    } else if (c !== undefined && (/\s/.test(c) || also.includes(c))) {
      at++;
    } else {
      return at;
    }
  }
}

/** Whether a range holds a line end. */
export const breaksLine = (text, start, end) => /[\n\r\u2028\u2029]/.test(text.slice(start, end));
