import { describe, expect, it } from 'vitest';
import { currentHash, href, parseRoute } from './router';

describe('addresses', () => {
  it('name the list, or one workflow with its tab', () => {
    expect(parseRoute('#/workflows').slug).toBeNull();
    const route = parseRoute('#/workflows/order-check?tab=flow');
    expect(route.slug).toBe('order-check');
    expect(route.params.get('tab')).toBe('flow');
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
