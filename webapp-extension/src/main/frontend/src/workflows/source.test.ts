import { describe, expect, it } from 'vitest';
import { nodeAt, parseSource } from './source';

describe('places in the code', () => {
  it('are read from fastn:source', () => {
    expect(parseSource('12:3-14:5')).toEqual({ line: 12, column: 3, endLine: 14, endColumn: 5 });
    expect(parseSource(undefined)).toBeNull();
    expect(parseSource('12-14')).toBeNull();
  });

  const nodes = ['3:1-20:2', '5:3-5:40', '5:10-5:20', undefined].map((source) => ({
    source,
    range: parseSource(source),
  }));

  it('belong to the smallest node around them', () => {
    expect(nodeAt(nodes, 5, 12)?.source).toBe('5:10-5:20');
    expect(nodeAt(nodes, 5, 30)?.source).toBe('5:3-5:40');
    expect(nodeAt(nodes, 9, 1)?.source).toBe('3:1-20:2');
    expect(nodeAt(nodes, 40, 1)).toBeNull();
  });

  it('in front of a statement belong to its line', () => {
    expect(nodeAt([{ range: parseSource('7:5-7:9') }], 7, 1)).not.toBeNull();
  });
});
