import { createRoot } from 'react-dom/client';
import { onSignedOut } from '../api/client';
import { pollWhile } from '../api/useResource';
import { DefinitionTab } from '../cockpit/DefinitionTab';
import { App } from './App';
import { keepThroughMoves } from './keep';
import { currentHash } from './router';
import { takeTheme } from './theme';
import style from './tokens.module.css';

let moved: (() => void) | undefined;
let titleBefore = document.title;
let current: HTMLElement | undefined;

/** Called by plugin.js each time Cockpit opens our route; the page is made once and then only moves. */
export function mount(host: HTMLElement): void {
  if (document.title && !document.title.endsWith(' | Workflows')) titleBefore = document.title;
  if (!moved) {
    current = host;
    host.classList.add(style.tokens ?? '');
    takeTheme(host);
    moved = keepThroughMoves(host);
    createRoot(host).render(<App />);
    onSignedOut(returnAfterLogin);
    pollWhile(() => host.isConnected);
  }
  moved();
  window.dispatchEvent(new Event('fastn:shown'));
}

/** Cockpit calls this also between two of our own pages, so it looks whether we are really gone. */
export function left(): void {
  setTimeout(() => {
    if (!current?.isConnected) document.title = titleBefore;
  });
}

let returning: string | null = null;

/** Cockpit's login ends on the dashboard; whoever was sent there from our page goes on where the session ended. */
function returnAfterLogin(): void {
  if (returning !== null) return;
  returning = currentHash();
  let atLogin = false;
  const watch = () => {
    if (location.hash.startsWith('#/login')) atLogin = true;
    else if (atLogin) {
      window.removeEventListener('hashchange', watch);
      const target = returning;
      returning = null;
      if (target) location.hash = target;
    }
  };
  window.addEventListener('hashchange', watch);
}

/** The tab "Workflow" of a process definition; it may be shown in several nodes, each with a root of its own. */
export function definitionTab(node: Element, processDefinitionId: string): void {
  const host = document.createElement('div');
  host.className = style.tokens ?? '';
  node.replaceChildren(host);
  takeTheme(host);
  createRoot(host).render(<DefinitionTab processDefinitionId={processDefinitionId} />);
}
