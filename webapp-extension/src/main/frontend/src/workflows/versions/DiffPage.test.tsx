import { EditorView } from '@codemirror/view';
import { act, render, screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { expectAccessible } from '../../../test/accessible';
import { problem, serve } from '../../../test/server';
import type { FlowEvents } from '../../bpmn/flow';
import { App } from '../../host/App';

const DECK = 'hubspot-discovery-deal-to-gamma-deck';

const flows = vi.hoisted(() => ({
  made: [] as { events: FlowEvents; paint: unknown; select: (...all: unknown[]) => void }[],
}));
vi.mock('../../bpmn/flow', () => ({
  createFlow: (_: unknown, events: FlowEvents) => {
    const one = { events, paint: undefined as unknown, select: vi.fn() };
    flows.made.push(one);
    return {
      open: () => Promise.resolve(),
      select: one.select,
      paint: (changes: unknown) => {
        one.paint = changes;
      },
      destroy: () => undefined,
    };
  },
}));

function open(query: string) {
  location.hash = `#/workflows/${DECK}/diff?${query}`;
  return render(<App />).container;
}

const text = (label: string) => {
  const found = EditorView.findFromDOM(screen.getByRole('textbox', { name: label }));
  return found?.state.doc.toString() ?? '';
};

beforeEach(() => {
  flows.made = [];
});

describe('two versions compared', () => {
  it('show both codes side by side, or one with what is gone', async () => {
    serve();
    const container = open('from=1&to=2');
    await screen.findByText('6 lines added, 1 removed');
    await screen.findByRole('textbox', { name: 'Code of v1' });
    expect(text('Code of v1')).toContain('fastn.sleep(10000)');
    expect(text('Code of v2, with the differences')).toContain('fastn.sleep(5000)');
    expect(text('Code of v2, with the differences')).toContain('fastn.state.get');
    await expectAccessible(container);
    await userEvent.selectOptions(
      screen.getByRole('combobox', { name: 'Compare versions' }),
      'unified',
    );
    await vi.waitFor(() => expect(container.querySelector('.cm-deletedChunk')).not.toBeNull());
    expect(screen.queryByRole('textbox', { name: 'Code of v1' })).toBeNull();
  });

  it('list what was added, removed, changed and moved, and paint each on its side', async () => {
    serve();
    const container = open('from=1&to=2&view=flow');
    const added = await screen.findByRole('button', { name: /^Added ?Existing\?/ });
    await vi.waitFor(() => expect(flows.made.filter(({ paint }) => paint)).toHaveLength(2));
    const [old, now] = flows.made.map(({ paint }) => paint as Map<string, string>);
    expect(old?.get('wait_10000')).toBe('removed');
    expect(old?.has('decision_Existing')).toBe(false);
    expect(now?.get('decision_Existing')).toBe('added');
    expect(now?.has('wait_10000')).toBe(false);
    await userEvent.click(added);
    for (const { select } of flows.made)
      expect(select).toHaveBeenLastCalledWith('decision_Existing', { reveal: true });
    act(() => flows.made[1]?.events.onSelect('read_state_get'));
    const other = screen.getByRole('button', { name: /^Added ?Read state/ });
    expect(other.getAttribute('aria-pressed')).toBe('true');
    await expectAccessible(container);
  });

  it('list the fields of the configuration', async () => {
    serve();
    const container = open('from=1&to=2&view=configuration');
    const row = await screen.findByRole('row', { name: /timeoutMs/ });
    expect(
      within(row)
        .getAllByRole('cell')
        .map((cell) => cell.textContent),
    ).toEqual(['600000', '900000']);
    expect(screen.getByRole('row', { name: /concurrency.runs / }).textContent).toContain('not set');
    await expectAccessible(container);
  });

  it('are chosen in the address, and swapped', async () => {
    serve();
    open('from=1&to=2&view=configuration');
    await screen.findByRole('row', { name: /timeoutMs/ });
    await userEvent.click(screen.getByRole('button', { name: 'Swap the two' }));
    expect(location.hash).toContain('from=2&to=1&view=configuration');
    await userEvent.selectOptions(screen.getByRole('combobox', { name: 'To' }), 'draft');
    expect(location.hash).toContain('from=2&to=draft');
    await screen.findByRole('heading', { name: 'No difference' });
  });

  it('say why one of them can not be shown', async () => {
    serve((_, path) =>
      path.includes('/diff') ? problem(404, 'FASTN-04006', 'version 9 does not exist') : undefined,
    );
    open('from=9&to=draft');
    await screen.findByText('version 9 does not exist');
  });
});
