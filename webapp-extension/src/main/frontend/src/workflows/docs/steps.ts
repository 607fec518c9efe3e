import type { Sequence, Step } from '../../api/views';
import { nodeAt, parseSource, type SourceRange } from '../source';

/** A step with its place in the author's code. */
export interface Placed {
  step: Step;
  range: SourceRange | null;
}

/** What Flow, Sequence and code know each other by: the steps in their order, by id, by place. */
export class Steps {
  readonly all: Placed[] = [];
  private readonly byId = new Map<string, Placed>();

  constructor(sequence: Sequence) {
    const add = (step: Step) => {
      const placed = { step, range: parseSource(step.source ?? undefined) };
      this.all.push(placed);
      this.byId.set(step.id, placed);
      step.steps.forEach(add);
      for (const way of step.ways) way.steps.forEach(add);
    };
    sequence.steps.forEach(add);
    for (const way of sequence.ways) way.steps.forEach(add);
  }

  find(id: string | null): Placed | null {
    return (id !== null && this.byId.get(id)) || null;
  }

  /** The step whose range holds the place most narrowly. */
  at(place: { line: number; column: number }): Placed | null {
    return nodeAt(this.all, place.line, place.column);
  }

  /** The steps whose name, type, effects or number hold all words. */
  search(text: string): Placed[] {
    const words = text.toLowerCase().split(/\s+/).filter(Boolean);
    if (words.length === 0) return [];
    return this.all.filter(({ step }) => {
      const hay = `${step.number} ${step.kind ?? ''} ${step.name} ${step.id} ${step.effects.join(' ')}`;
      return words.every((word) => hay.toLowerCase().includes(word));
    });
  }
}
