import { render, screen } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import { answer } from '../../test/harness/api.mjs';
import { serve } from '../../test/server';
import type { Concurrency, Workflow } from '../api/types';
import { Configuration } from './Configuration';

function show(slug: string, concurrency: Concurrency | null) {
  serve();
  const [, body] = answer('GET', `/workflows/${slug}`, null);
  const workflow = body as Workflow;
  const configuration = { ...workflow.configuration, concurrency };
  render(<Configuration workflow={{ ...workflow, configuration }} />);
}

const limits = () => screen.getByText('Runs at once').nextElementSibling?.textContent;

describe('the limits of a workflow', () => {
  it.each([
    [{ runs: 5, key: null, runsPerKey: null }, 'at most 5'],
    [
      { runs: null, key: 'input.customer.id', runsPerKey: 1 },
      'at most 1 with the same value of input.customer.id',
    ],
    [
      { runs: 5, key: 'input.0.id', runsPerKey: 2 },
      'at most 5at most 2 with the same value of input.0.id',
    ],
    [null, 'No limit'],
  ])('%j are shown as “%s”', (concurrency, words) => {
    show('nightly-revenue-report', concurrency);
    expect(limits()).toBe(words);
  });

  it('are not shown in tier Instant, whose runs are not counted', () => {
    show('order-check', null);
    expect(screen.queryByText('Runs at once')).toBeNull();
  });
});

describe('the versions of connectors', () => {
  it('are those the configuration asks for, and those the deployed process holds on to', async () => {
    show('hubspot-discovery-deal-to-gamma-deck', null);
    const [asked] = screen.getAllByRole('link', { name: 'gamma' });
    expect(asked?.parentElement?.textContent).toBe('gamma v2');
    expect(asked?.getAttribute('href')).toBe('#/workflows/-/connectors/gamma?tab=versions');
    const held = (await screen.findByText('Deployed v2 holds on to')).parentElement;
    expect(held?.textContent).toContain('gmail managed');
  });

  it('are the current ones where it names none', () => {
    show('lead-scoring', null);
    screen.getByText('The current ones when it is published');
  });
});
