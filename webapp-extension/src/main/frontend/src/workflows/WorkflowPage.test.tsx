import { act, render, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { describe, expect, it, vi } from 'vitest';
import { expectAccessible } from '../../test/accessible';
import { editor, markedLines } from '../../test/editor';
import { executions } from '../../test/harness/api.mjs';
import { problem, serve } from '../../test/server';
import { App } from '../host/App';

const DECK = 'hubspot-discovery-deal-to-gamma-deck';

async function open(tab: string, slug = DECK) {
  location.hash = `#/workflows/${slug}?tab=${tab}`;
  const { container } = render(<App />);
  await screen.findByRole('textbox', { name: /^Code of/ });
  return container;
}

async function write(name: string, text: string) {
  await screen.findByRole('textbox', { name });
  const view = editor(name);
  act(() => view.dispatch({ changes: { from: 0, to: view.state.doc.length, insert: text } }));
}

const codeName = `Code of ${DECK}.js, read-only`;

describe('an address that names what there is not', () => {
  it.each([
    [`${DECK}?tab=docs&sub=refrence&version=1`, `${DECK}?tab=docs&sub=flow&version=1`],
    [`${DECK}?tab=docs&sub=sequence&version=new`, `${DECK}?tab=docs&sub=sequence`],
    [`${DECK}?tab=dosc`, `${DECK}?tab=test`],
    [`${DECK}/diff?from=1&to=2&view=bpmn`, `${DECK}/diff?from=1&to=2&view=code`],
    ['-/connectors/my-shop?tab=auth', '-/connectors/my-shop?tab=actions'],
    ['-/connectors?create=wsdl', '-/connectors'],
  ])('%s becomes %s', async (named, shown) => {
    serve();
    location.hash = `#/workflows/${named}`;
    render(<App />);
    await waitFor(() => expect(location.hash).toBe(`#/workflows/${shown}`));
  });

  it('shows all workflows for a tier that there is not, and says so', async () => {
    serve();
    location.hash = '#/workflows?tier=fast&q=report&sort=age';
    render(<App />);
    await waitFor(() => expect(location.hash).toBe('#/workflows?q=report'));
    expect(screen.getByRole('tab', { selected: true }).textContent).toContain('All');
  });
});

describe('the page of a workflow', () => {
  it('shows configuration, code, its header and its footer', async () => {
    serve();
    const container = await open('test');
    const facts = screen.getByRole('region', { name: 'Configuration' }).textContent;
    for (const fact of [
      DECK,
      'STANDARD',
      '15 min',
      'Enabled',
      '3 attempts',
      'waits 5 s → 10 s',
      'at most 5',
      'v2',
    ]) {
      expect(facts).toContain(fact);
    }
    screen.getByText('JavaScript · export default async function(ctx)');
    screen.getByText(`${DECK}.js`);
    screen.getByText(/^Latest: v2 - Edited manually: \d+ bytes$/);
    expect(editor(codeName).state.readOnly).toBe(true);
    await vi.waitFor(() =>
      expect(editor(codeName).state.doc.toString()).toContain('fastn.connector.hubspotCrm.getDeal'),
    );
    await expectAccessible(container);
  });

  it('says that there is no such workflow', async () => {
    serve();
    location.hash = '#/workflows/nobody';
    render(<App />);
    await screen.findByRole('heading', { name: 'There is no workflow “nobody”' });
    await userEvent.click(screen.getByRole('button', { name: 'All workflows' }));
    expect(location.hash).toBe('#/workflows');
  });
});

describe('the Test tab', () => {
  it('runs with input and headers and follows the run to its end', async () => {
    const fetch = serve();
    const container = await open('test');
    await write('CTX.INPUT', '[{"objectId": "9087"}]');
    await write('CTX.HEADERS', '{"x-request-id": "42"}');
    await userEvent.click(screen.getByRole('button', { name: 'Run' }));
    await screen.findByText('Running');
    await screen.findByText('Completed');
    const [, init] = fetch.mock.calls.find(([url]) => String(url).endsWith('/execute')) ?? [];
    expect(JSON.parse(init.body)).toEqual({
      input: [{ objectId: '9087' }],
      headers: { 'x-request-id': '42' },
    });
    screen.getByText('712ms');
    expect(screen.getByLabelText('Result', { selector: 'pre' }).textContent).toContain(
      '"deal": "9087"',
    );
    await expectAccessible(container);
  });

  it('marks JSON that is none at its place and does not run it', async () => {
    const fetch = serve();
    await open('test');
    await write('CTX.INPUT', '{\n  "a": 1,\n}');
    await userEvent.click(screen.getByRole('button', { name: 'Run' }));
    const alert = await screen.findByRole('alert');
    expect(alert.textContent).toBe(
      'CTX.INPUT, line 3, column 1: a name in double quotes is needed here',
    );
    await write('CTX.INPUT', '{}');
    await write('CTX.HEADERS', '{"a": 1}');
    await userEvent.click(screen.getByRole('button', { name: 'Run' }));
    expect((await screen.findByRole('alert')).textContent).toContain(
      'one object of names and texts',
    );
    expect(fetch.mock.calls.some(([url]) => String(url).endsWith('/execute'))).toBe(false);
  });

  it('shows why a run failed and opens its line in the code', async () => {
    serve();
    await open('test');
    await write('CTX.INPUT', '{"fail": true}');
    await userEvent.click(screen.getByRole('button', { name: 'Run' }));
    await screen.findByText('Failed');
    screen.getByText('FASTN-30201');
    await userEvent.click(screen.getByRole('button', { name: 'Show line 16 in the code' }));
    expect(markedLines()).toEqual([expect.stringContaining('hubspotCrm.getDeal')]);
  });

  it('follows a run that failed at once by the id in the answer', async () => {
    const failed = { ...executions[2], id: 'now-1' };
    serve((method, path) => {
      if (method === 'POST') {
        const [status, body] = problem(500, 'FASTN-30201', 'It failed.');
        return [status, body, { 'x-fastn-execution-id': 'now-1' }];
      }
      return path === '/executions/now-1' ? [200, failed] : undefined;
    });
    await open('test', 'order-check');
    await screen.findByRole('textbox', { name: 'CTX.INPUT' });
    await userEvent.click(screen.getByRole('button', { name: 'Run' }));
    await screen.findByText('ConnectorError');
  });

  it('shows a refusal in the server’s words', async () => {
    serve();
    await open('test', 'nightly-revenue-report');
    await write('CTX.INPUT', '{"refuse": true}');
    await userEvent.click(screen.getByRole('button', { name: 'Run' }));
    await screen.findByText(/is disabled\.$/);
    screen.getByText('FASTN-20903');
  });

  it('does not offer to run what is not deployed', async () => {
    serve();
    await open('test', 'lead-scoring');
    screen.getByText(/No version of this workflow is deployed yet/);
    expect(screen.getByRole('button', { name: 'Run' })).toHaveProperty('disabled', true);
  });
});

describe('the Executions tab', () => {
  it('shows time, tier, version, status, duration and trigger', async () => {
    serve();
    const container = await open('executions');
    const row = await screen.findByRole('row', { name: /4m ago/ });
    const cells = within(row)
      .getAllByRole('cell')
      .map((cell) => cell.textContent);
    expect(cells).toEqual(['4m ago', 'STANDARD', 'v2', 'Completed', '12.1s', 'app-event']);
    expect(row.querySelector('time')?.title).toMatch(/20\d\d/);
    await expectAccessible(container);
  });

  it('opens a row to its error', async () => {
    serve();
    const container = await open('executions');
    const row = await screen.findByRole('row', { name: /41m ago/ });
    await userEvent.click(within(row).getByRole('button'));
    await screen.findByText(/answered 404 Not Found/);
    screen.getByText('Attempts: 3');
    await expectAccessible(container);
  });

  it('refreshes when asked', async () => {
    let runs = [executions[1]];
    serve((_, path) => (path.startsWith('/executions?') ? [200, { executions: runs }] : undefined));
    await open('executions');
    await screen.findByText('1 execution');
    runs = executions;
    await userEvent.click(screen.getByRole('button', { name: 'Refresh' }));
    await screen.findByText('7 executions, newest first');
  });

  it('is friendly when there are none', async () => {
    serve();
    await open('executions', 'order-check');
    await screen.findByRole('heading', { name: 'No executions yet' });
  });
});
