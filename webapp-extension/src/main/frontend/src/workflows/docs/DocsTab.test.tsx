import { act, render, screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { expectAccessible } from '../../../test/accessible';
import { editor, markedLines } from '../../../test/editor';
import { answer } from '../../../test/harness/api.mjs';
import { problem, serve } from '../../../test/server';
import type { Docs, Sequence } from '../../api/views';
import type { FlowEvents } from '../../bpmn/flow';
import { App } from '../../host/App';
import { Steps } from './steps';

const DECK = 'hubspot-discovery-deal-to-gamma-deck';

/** bpmn-js needs a browser that measures SVG; the harness draws with the real one. */
const flow = vi.hoisted(() => ({
  events: undefined as FlowEvents | undefined,
  open: [] as string[],
  select: (..._: unknown[]): void => undefined,
  hint: (..._: unknown[]): void => undefined,
  zoom: (..._: unknown[]): void => undefined,
}));
vi.mock('../../bpmn/flow', () => ({
  createFlow: (_: unknown, events: FlowEvents) => {
    flow.events = events;
    return {
      open: (xml: string) => Promise.resolve(void flow.open.push(xml)),
      select: (...all: unknown[]) => flow.select(...all),
      hint: (...all: unknown[]) => flow.hint(...all),
      zoom: (...all: unknown[]) => flow.zoom(...all),
      fit: () => undefined,
      pan: () => undefined,
      destroy: () => undefined,
    };
  },
}));

const recorded = <T,>(view: string) => answer('GET', `/workflows/${DECK}/${view}`, null)[1] as T;
const codeName = /^Code of/;

async function open(query: string) {
  location.hash = `#/workflows/${DECK}?tab=docs&${query}`;
  const { container } = render(<App />);
  await screen.findByRole('textbox', { name: codeName });
  return container;
}

function putCursor(line: number) {
  const view = editor(codeName);
  const anchor = view.state.doc.line(line).from + 4;
  act(() => view.dispatch({ selection: { anchor }, userEvent: 'select' }));
}

const step = (name: RegExp) => screen.findByRole('button', { name });

beforeEach(() => {
  flow.open = [];
  flow.select = vi.fn();
  flow.hint = vi.fn();
  flow.zoom = vi.fn();
});

describe('the Flow', () => {
  it('marks the lines of the step that is chosen or pointed at in the diagram', async () => {
    serve();
    const container = await open('sub=flow');
    await vi.waitFor(() => expect(flow.open).toHaveLength(1));
    act(() => flow.events?.onSelect('read_hubspotCrm_getDeal'));
    expect(markedLines()).toEqual([expect.stringContaining('const deal =')]);
    screen.getByText('line 16');
    act(() => flow.events?.onHover('read_state_get'));
    expect(markedLines()).toEqual([expect.stringContaining('const existing =')]);
    act(() => flow.events?.onHover(null));
    expect(markedLines()).toEqual([expect.stringContaining('const deal =')]);
    await expectAccessible(container);
  });

  it('selects the step of the line where the cursor is put, and hints at the one under the pointer', async () => {
    serve();
    await open('sub=flow');
    await vi.waitFor(() => expect(flow.open).toHaveLength(1));
    putCursor(16);
    await vi.waitFor(() =>
      expect(flow.select).toHaveBeenLastCalledWith('read_hubspotCrm_getDeal', { reveal: true }),
    );
    const view = editor(codeName);
    vi.spyOn(view, 'posAtCoords').mockReturnValue(view.state.doc.line(12).from + 8);
    act(() => void view.contentDOM.dispatchEvent(new MouseEvent('mousemove', { bubbles: true })));
    await vi.waitFor(() => expect(flow.hint).toHaveBeenLastCalledWith('decision_Existing'));
  });

  it('is drawn downwards for the panel, or across', async () => {
    const fetch = serve();
    await open('sub=flow');
    const asked = () =>
      fetch.mock.calls.map(([url]) => String(url)).filter((url) => url.includes('/bpmn'));
    await vi.waitFor(() => expect(asked()).toHaveLength(1));
    expect(asked()[0]).toContain('version=2&orientation=top-to-bottom');
    await userEvent.click(screen.getByRole('button', { name: 'Draw from left to right' }));
    await vi.waitFor(() => expect(asked()[1]).toContain('orientation=left-to-right'));
    expect(localStorage.getItem('fastn.orientation')).toBe('left-to-right');
  });

  it('finds steps by their words and goes through them with Enter', async () => {
    serve();
    await open('sub=flow');
    await vi.waitFor(() => expect(flow.open).toHaveLength(1));
    const box = screen.getByRole('searchbox', { name: 'Find a step' });
    await userEvent.type(box, 'gamma.');
    screen.getByText('2 found');
    await userEvent.keyboard('{Enter}');
    screen.getByText('1/2');
    expect(flow.select).toHaveBeenLastCalledWith('write_gamma_createGeneration', { reveal: true });
    await userEvent.keyboard('{Enter}');
    expect(flow.select).toHaveBeenLastCalledWith('read_gamma_getGeneration', { reveal: true });
  });

  it('is zoomed with the keyboard', async () => {
    serve();
    await open('sub=flow');
    await vi.waitFor(() => expect(flow.open).toHaveLength(1));
    act(() => screen.getByRole('group', { name: /as BPMN diagram/ }).focus());
    await userEvent.keyboard('+');
    expect(flow.zoom).toHaveBeenCalledWith(1.25);
  });

  it('offers the version as SVG, PNG, BPMN, Markdown and Mermaid', async () => {
    serve();
    const container = await open('sub=flow');
    await vi.waitFor(() => expect(flow.open).toHaveLength(1));
    await userEvent.click(screen.getByRole('button', { name: 'Download' }));
    const links = ['Picture (SVG)', 'Picture (PNG)', 'Process (BPMN)', 'Docs (Markdown)'].map(
      (name) => screen.getByRole('link', { name }).getAttribute('href'),
    );
    const at = `/camunda/api/fastn/default/workflows/${DECK}`;
    expect(links).toEqual([
      `${at}/diagram.svg?version=2&orientation=top-to-bottom`,
      `${at}/diagram.png?version=2&orientation=top-to-bottom`,
      `${at}/bpmn?version=2`,
      `${at}/docs.md?version=2`,
    ]);
    await expectAccessible(container);
    await userEvent.keyboard('{Escape}');
    expect(screen.queryByRole('link', { name: 'Picture (SVG)' })).toBeNull();
  });

  it('says why a draft that does not compile has none', async () => {
    serve((_, path) =>
      path.includes('version=draft')
        ? problem(422, 'FASTN-04002', 'The workflow has 1 mistake.')
        : undefined,
    );
    await open('sub=flow&version=draft');
    await screen.findByText('The workflow has 1 mistake.');
  });
});

describe('the Sequence', () => {
  it('lists every step once, numbered and nested, under the ids of the graph', async () => {
    serve();
    const container = await open('sub=sequence');
    await step(/^1.*Start$/);
    const shown = [...container.querySelectorAll<HTMLElement>('[data-step]')];
    const { all } = new Steps(recorded<Sequence>('sequence'));
    expect(shown.map((each) => each.dataset.step)).toEqual(all.map((each) => each.step.id));
    expect(new Set(shown.map((each) => each.dataset.step)).size).toBe(shown.length);
    await expectAccessible(container);
  });

  it('marks the code of a step, and the step of the code', async () => {
    serve();
    await open('sub=sequence');
    await userEvent.click(await step(/Read state deal/));
    expect(markedLines()).toEqual([expect.stringContaining('const existing =')]);
    await userEvent.hover(await step(/^6READRead deal/));
    expect(markedLines()).toEqual([expect.stringContaining('const deal =')]);
    putCursor(26);
    const insert = await step(/db\.query/);
    await vi.waitFor(() => expect(insert.getAttribute('aria-pressed')).toBe('true'));
  });

  it('is walked through with the arrow keys, and Tab leaves it', async () => {
    serve();
    const container = await open('sub=sequence');
    const first = await step(/^1.*Start$/);
    act(() => first.focus());
    await userEvent.keyboard('{ArrowDown}{ArrowDown}{Enter}');
    expect(markedLines()).toEqual([expect.stringContaining('if (propertyName')]);
    expect(container.querySelectorAll('[data-step][tabindex="0"]')).toHaveLength(1);
    await userEvent.keyboard('{End}');
    expect(document.activeElement?.textContent).toContain('Timed out');
  });

  it('keeps the chosen step when the sub-tab changes', async () => {
    serve();
    await open('sub=sequence');
    await userEvent.click(await step(/Read state deal/));
    await userEvent.click(screen.getByRole('tab', { name: 'Flow' }));
    expect(location.hash).toContain('sub=flow');
    await vi.waitFor(() =>
      expect(flow.select).toHaveBeenLastCalledWith('read_state_get', { reveal: true }),
    );
  });
});

describe('the reference', () => {
  it('says what the workflow is for, takes, gives and touches', async () => {
    serve();
    const container = await open('sub=reference');
    await screen.findByRole('heading', { name: 'Trigger' });
    const text = screen.getByRole('article').textContent;
    for (const fact of [
      'generates a presentation in Gamma',
      'input[].objectId',
      '{ success, deal, deck }',
      'WRITEcreateGeneration',
      'READgetDeal',
      'WRITEdecks',
      'READWRITEdeal:…',
      'On an error in Try: create generation in Gamma',
      '15 min',
      '3 attempts, waits 5 s → 10 s',
      'at most 5',
    ]) {
      expect(text).toContain(fact);
    }
    await expectAccessible(container);
  });

  it('links connectors to the registry, steps to the Sequence, versions to their difference', async () => {
    serve();
    await open('sub=reference');
    const gamma = await screen.findByRole('link', { name: 'Gamma' });
    expect(gamma.getAttribute('href')).toBe('#/workflows/-/connectors/gamma');
    const compare = screen.getByRole('link', { name: 'Compare with v1' });
    expect(compare.getAttribute('href')).toBe(`#/workflows/${DECK}/diff?from=1&to=2`);
    await userEvent.click(screen.getByRole('button', { name: 'Skipped: other stage' }));
    const chosen = await step(/Prepare result.*line 8/);
    expect(chosen.getAttribute('aria-pressed')).toBe('true');
  });

  it('says that a process was changed by hand, or drawn by hand', async () => {
    const docs = recorded<Docs>('docs');
    let origin = 'DETACHED';
    serve((_, path) => (path.includes('/docs') ? [200, { ...docs, origin }] : undefined));
    await open('sub=reference');
    expect((await screen.findByRole('note')).textContent).toContain('Detached copy');
    origin = 'MODELLED';
    await userEvent.selectOptions(screen.getByRole('combobox', { name: 'Version' }), 'draft');
    await screen.findByText(/was drawn by hand/);
  });
});

describe('versions', () => {
  it('show their own code beside their own steps', async () => {
    serve();
    await open('sub=sequence');
    await step(/Read state deal/);
    await userEvent.selectOptions(screen.getByRole('combobox', { name: 'Version' }), '1');
    expect(location.hash).toContain('version=1');
    await screen.findByText('Version v1');
    await vi.waitFor(() =>
      expect(editor(codeName).state.doc.toString()).toContain('fastn.sleep(10000)'),
    );
    await userEvent.click(screen.getByRole('tab', { name: '▶ Test' }));
    await vi.waitFor(() =>
      expect(editor(codeName).state.doc.toString()).toContain('fastn.sleep(5000)'),
    );
  });

  it('begin with the deployed one, else the latest, else the draft', async () => {
    const fetch = serve();
    location.hash = '#/workflows/lead-scoring?tab=docs&sub=sequence';
    render(<App />);
    await step(/Start/);
    const urls = fetch.mock.calls.map(([url]) => String(url));
    expect(urls.filter((url) => url.includes('/sequence'))).toEqual([
      expect.stringContaining('version=draft'),
    ]);
    const options = within(screen.getByRole('combobox', { name: 'Version' })).getAllByRole(
      'option',
    );
    expect(options[0]?.textContent).toBe('Draft');
  });
});
