import { describe, expect, it, vi } from 'vitest';
import plugins from './plugin';

const byPoint = (point: string) => {
  const found = plugins.find(({ pluginPoint }) => pluginPoint === point);
  if (!found) throw new Error(`no plugin at ${point}`);
  return found;
};

describe('plugin.js', () => {
  it('adds a navigation entry, the route and the tab of a process definition', () => {
    expect(plugins.map(({ pluginPoint }) => pluginPoint)).toEqual([
      'cockpit.navigation',
      'cockpit.route',
      'cockpit.processDefinition.runtime.tab',
    ]);
    expect(plugins.every(({ id }) => !id.startsWith('legacy'))).toBe(true);
    expect(byPoint('cockpit.route').properties).toEqual({ path: '/workflows/:rest*?' });
  });

  it('links to the workflows and lights up on their pages only', () => {
    const node = document.createElement('div');
    const entry = byPoint('cockpit.navigation');
    entry.render(node, {});
    expect(node.innerHTML).toBe('<a href="#/workflows">Workflows</a>');
    expect(entry.checkActive?.('/workflows/order-check?tab=flow')).toBe(true);
    expect(entry.checkActive?.('/processes')).toBe(false);
  });

  it('never throws into Cockpit', () => {
    const logged = vi.spyOn(console, 'error').mockReturnValue();
    for (const plugin of plugins) {
      expect(() => plugin.render(null as unknown as Element, {})).not.toThrow();
    }
    expect(logged).toHaveBeenCalled();
  });

  it('says so when the page cannot be loaded', async () => {
    vi.spyOn(console, 'error').mockReturnValue();
    const node = document.createElement('div');
    byPoint('cockpit.route').render(node, {});
    document.head.querySelectorAll('link').forEach((link) => {
      link.dispatchEvent(new Event('error'));
    });
    await vi.waitFor(() =>
      expect(node.textContent).toContain('could not be loaded. Reload the page'),
    );
    expect(node.querySelector('[role=alert]')).not.toBeNull();
  });
});
