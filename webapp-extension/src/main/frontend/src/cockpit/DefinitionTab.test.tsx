import { render, screen } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import { expectAccessible } from '../../test/accessible';
import { serve } from '../../test/server';
import { DefinitionTab } from './DefinitionTab';

describe('the tab of a process definition', () => {
  it('links to the workflow it was made from', async () => {
    serve();
    const { container } = render(<DefinitionTab processDefinitionId="order-check:1:older" />);
    const link = await screen.findByRole('link');
    expect(link.getAttribute('href')).toBe('#/workflows/order-check?tab=docs&sub=flow');
    await expectAccessible(container);
  });

  it('says that a process has nothing to do with a workflow', async () => {
    serve();
    render(<DefinitionTab processDefinitionId="invoice:1:abc" />);
    await screen.findByText('This process was not made from a Fastn workflow.');
  });
});
