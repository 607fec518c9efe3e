import { describe, expect, it } from 'vitest';
import { connectorHref, currentHash, diffHref, href, parseRoute } from './router';

describe('addresses', () => {
  it('name the list, or one workflow with its tab', () => {
    expect(parseRoute('#/workflows').slug).toBeNull();
    const route = parseRoute('#/workflows/order-check?tab=flow');
    expect(route.slug).toBe('order-check');
    expect(route.params.get('tab')).toBe('flow');
  });

  it('name two versions, and pages beside the workflows that no slug can hide', () => {
    expect(parseRoute('#/workflows/order-check/diff?from=1&to=draft').page).toBe('diff');
    expect(diffHref('order-check', '1', 'draft')).toBe(
      '#/workflows/order-check/diff?from=1&to=draft',
    );
    expect(parseRoute('#/workflows/connectors').page).toBe('workflow');
    expect(parseRoute(connectorHref(null)).page).toBe('connectors');
    const { page, slug } = parseRoute(connectorHref('my-shop', { tab: 'versions' }));
    expect([page, slug]).toEqual(['connector', 'my-shop']);
  });

  it('survive what people type into them', () => {
    expect(parseRoute('#/workflows/%E0%A4%A').slug).toBe('%E0%A4%A');
    expect(parseRoute('').slug).toBeNull();
  });

  it('are written without empty parameters', () => {
    expect(href(null, { tier: null, q: '' })).toBe('#/workflows');
    expect(href('a b', { tab: 'test' })).toBe('#/workflows/a%20b?tab=test');
  });

  it('stay ours while Cockpit shows another page', () => {
    location.hash = '#/workflows/order-check';
    expect(currentHash()).toBe('#/workflows/order-check');
    location.hash = '#/dashboard';
    expect(currentHash()).toBe('#/workflows/order-check');
  });
});
