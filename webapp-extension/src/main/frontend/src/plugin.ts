/**
 * The list of plugin points, and nothing else. Cockpit imports this file before it starts: an exception or a missing
 * import here leaves the whole Cockpit blank. So it imports nothing and catches everything; the page follows at first use.
 */
interface Page {
  mount(host: HTMLElement): void;
  left(): void;
  definitionTab(node: Element, processDefinitionId: string): void;
}

// The build replaces both by the hashed names (vite.jar.ts).
const PAGE = 'fastn:page';
const STYLES = 'fastn:styles';

let page: Promise<Page> | undefined;
let host: HTMLElement | undefined;

function load(): Promise<Page> {
  if (!page) {
    const styles = STYLES.split(' ').map(
      (name) =>
        new Promise<unknown>((done) => {
          const link = document.createElement('link');
          link.rel = 'stylesheet';
          link.href = new URL(name, import.meta.url).href;
          link.onload = link.onerror = done;
          document.head.append(link);
        }),
    );
    const loading: Promise<Page> = import(/* @vite-ignore */ new URL(PAGE, import.meta.url).href);
    page = Promise.all([loading, ...styles]).then(([loaded]) => loaded);
    page.catch(() => {
      page = undefined;
    });
  }
  return page;
}

function use(node: Element, what: (loaded: Page) => void): void {
  const explain = careful((error: unknown) => {
    console.error('fastn: the Workflows page could not be loaded', error);
    const note = document.createElement('p');
    note.style.padding = '20px';
    note.setAttribute('role', 'alert');
    note.textContent = navigator.language.startsWith('de')
      ? 'Die Seite „Workflows“ konnte nicht geladen werden. Laden Sie die Seite im Browser neu.'
      : 'The Workflows page could not be loaded. Reload the page in the browser.';
    node.replaceChildren(note);
  });
  load().then(what).catch(explain);
}

function careful<A extends unknown[]>(act: (...args: A) => void): (...args: A) => void {
  return (...args) => {
    try {
      act(...args);
    } catch (error) {
      console.error('fastn:', error);
    }
  };
}

export default [
  {
    id: 'fastn-navigation',
    pluginPoint: 'cockpit.navigation',
    priority: 50,
    properties: { label: 'Workflows', path: '#/workflows' },
    checkActive: (url: string) => /#?\/workflows(\/|\?|$)/.test(String(url)),
    render: careful((node: Element) => {
      const link = document.createElement('a');
      link.href = '#/workflows';
      link.textContent = 'Workflows';
      node.replaceChildren(link);
    }),
  },
  {
    id: 'fastn-workflows',
    pluginPoint: 'cockpit.route',
    properties: { path: '/workflows/:rest*?' },
    render: careful((node: Element) => {
      if (!host) {
        host = document.createElement('div');
        host.className = 'fastn';
      }
      const kept = host;
      node.append(kept);
      use(kept, (loaded) => loaded.mount(kept));
    }),
    unmount: careful(() => {
      page?.then((loaded) => loaded.left()).catch(() => undefined);
    }),
  },
  {
    id: 'fastn-definition-tab',
    pluginPoint: 'cockpit.processDefinition.runtime.tab',
    priority: 3,
    label: 'Workflow',
    properties: { label: 'Workflow' },
    render: careful((node: Element, props: { processDefinitionId?: string }) => {
      use(node, (loaded) => loaded.definitionTab(node, String(props?.processDefinitionId ?? '')));
    }),
  },
];
