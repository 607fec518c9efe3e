import axe from 'axe-core';
import { expect } from 'vitest';

/** No finding of axe; contrast needs a real browser and is checked by the harness. */
export async function expectAccessible(container: Element): Promise<void> {
  const { violations } = await axe.run(container, {
    rules: { 'color-contrast': { enabled: false } },
  });
  expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html)}`)).toEqual([]);
}
