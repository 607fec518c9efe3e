import { cleanup, configure } from '@testing-library/react';
import { afterEach, beforeEach } from 'vitest';
import { forgetAnswers } from '../src/api/useResource';

// What jsdom lacks and CodeMirror and the Flow ask for.
globalThis.ResizeObserver ??= class {
  observe() {}
  unobserve() {}
  disconnect() {}
};
Range.prototype.getClientRects ??= () => [] as unknown as DOMRectList;
Range.prototype.getBoundingClientRect ??= () => new DOMRect();
Element.prototype.scrollTo ??= () => undefined;
// jsdom has the element <dialog>, but opens none.
HTMLDialogElement.prototype.showModal ??= function (this: HTMLDialogElement) {
  this.open = true;
};
HTMLDialogElement.prototype.close ??= function (this: HTMLDialogElement) {
  this.open = false;
};

configure({ asyncUtilTimeout: 10_000 });

beforeEach(() => {
  localStorage.clear();
  sessionStorage.clear();
  location.hash = '';
  // biome-ignore lint/suspicious/noDocumentCookie: the token is a cookie, and jsdom has no cookieStore
  document.cookie = 'XSRF-TOKEN=token-1;path=/camunda';
});

afterEach(() => {
  cleanup();
  forgetAnswers();
});
