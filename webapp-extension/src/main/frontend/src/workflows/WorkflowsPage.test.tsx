import { render, screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { describe, expect, it, vi } from 'vitest';
import { expectAccessible } from '../../test/accessible';
import { problem, serve } from '../../test/server';
import { App } from '../host/App';

async function openTable(hash = '#/workflows') {
  location.hash = hash;
  const { container } = render(<App />);
  await screen.findByRole('table');
  return container;
}

const names = () =>
  screen
    .getAllByRole('row')
    .slice(1)
    .map((row) => within(row).getAllByRole('link')[0]?.textContent);

describe('the table of workflows', () => {
  it('shows name, slug, description, status, version, last runs and when it was updated', async () => {
    serve();
    const container = await openTable();
    const row = screen.getByRole('row', { name: /Order check/ });
    expect(row.textContent).toContain('order-check');
    expect(row.textContent).toContain('Answers at once');
    expect(row.textContent).toContain('active');
    expect(row.textContent).toContain('v5v4 deployed');
    expect(row.textContent).toContain('1d ago');
    expect(within(row).getByRole('img').getAttribute('aria-label')).toMatch(
      /^Last runs, newest first: Completed/,
    );
    await expectAccessible(container);
  });

  it('counts the tiers in its tabs and keeps the chosen one in the URL', async () => {
    serve();
    await openTable();
    const tabs = screen.getAllByRole('tab').map((tab) => tab.textContent);
    expect(tabs).toEqual(['All 6', 'Instant 2', 'Standard 3', 'Long 1']);
    await userEvent.click(screen.getByRole('tab', { name: /Long/ }));
    expect(location.hash).toBe('#/workflows?tier=long');
    await vi.waitFor(() => expect(names()).toEqual(['Paged contact sync']));
  });

  it('searches name, slug and description, and writes the search into the URL', async () => {
    serve();
    await openTable();
    await userEvent.type(screen.getByRole('searchbox'), 'finance team');
    expect(names()).toEqual(['Nightly revenue report']);
    await vi.waitFor(() => expect(location.hash).toBe('#/workflows?q=finance+team'));
  });

  it('says that nothing matches, and leads back to all', async () => {
    serve();
    const container = await openTable('#/workflows?q=report');
    expect(names()).toEqual(['Nightly revenue report']);
    await userEvent.type(screen.getByRole('searchbox'), 'xyz');
    screen.getByRole('heading', { name: 'No workflow matches' });
    await expectAccessible(container);
    await userEvent.click(screen.getByRole('button', { name: 'Show all workflows' }));
    await vi.waitFor(() => expect(names()).toHaveLength(6));
  });

  it('goes along the rows with the arrow keys', async () => {
    serve();
    await openTable('#/workflows?sort=name');
    await userEvent.click(screen.getByRole('searchbox'));
    await userEvent.keyboard('{ArrowDown}');
    expect(document.activeElement?.textContent).toBe('HubSpot Discovery Deal to Gamma Deck');
    await userEvent.keyboard('{ArrowDown}{ArrowDown}{ArrowUp}');
    expect(document.activeElement?.textContent).toBe('Lead scoring');
    expect(document.activeElement?.getAttribute('href')).toBe('#/workflows/lead-scoring');
  });

  it('leads from Run to the Test tab', async () => {
    serve();
    await openTable();
    const run = screen.getByRole('link', { name: /^Run Order check/ });
    expect(run.getAttribute('href')).toBe('#/workflows/order-check?tab=test');
  });

  it('explains an empty list', async () => {
    serve(() => [200, { workflows: [] }]);
    const { container } = render(<App />);
    await screen.findByRole('heading', { name: 'No workflows yet' });
    await expectAccessible(container);
  });

  it('says what went wrong, with the code, and tries again', async () => {
    let broken = true;
    serve(() => (broken ? problem(500, 'FASTN-90001', 'The database is away.') : undefined));
    const { container } = render(<App />);
    expect((await screen.findByRole('alert')).textContent).toContain('The database is away.');
    screen.getByText('Code FASTN-90001');
    await expectAccessible(container);
    broken = false;
    await userEvent.click(screen.getByRole('button', { name: 'Try again' }));
    await screen.findByRole('table');
  });

  it('offers to sign in when the session has ended', async () => {
    serve(() => [401, '']);
    render(<App />);
    await userEvent.click(await screen.findByRole('button', { name: 'Sign in' }));
    expect(location.hash).toBe('#/login');
  });
});
