// DOMException, events and abort signals, as far as code without a page needs them. Made when one of them is first used.
import { hide } from './primordials.js';
import { pause } from './calls.js';

const CODES = { __proto__: null, InvalidCharacterError: 5, NotSupportedError: 9, SyntaxError: 12, TypeMismatchError: 17, AbortError: 20, QuotaExceededError: 22, TimeoutError: 23, DataCloneError: 25 };

export class DOMException extends Error {
  constructor(message = '', options = 'Error') {
    super(`${message}`);
    const { name = 'Error', cause } = typeof options === 'object' && options !== null ? options : { name: options };
    hide(this, 'name', `${name}`);
    if (cause !== undefined) hide(this, 'cause', cause);
  }
  get code() {
    return CODES[this.name] ?? 0;
  }
}

export class Event {
  constructor(type, { cancelable = false } = {}) {
    hide(this, '_event', { type: `${type}`, target: null, cancelable: Boolean(cancelable), prevented: false });
  }
  get type() {
    return this._event.type;
  }
  get target() {
    return this._event.target;
  }
  get cancelable() {
    return this._event.cancelable;
  }
  get defaultPrevented() {
    return this._event.prevented;
  }
  preventDefault() {
    if (this._event.cancelable) this._event.prevented = true;
  }
}

export class EventTarget {
  constructor() {
    hide(this, '_listeners', []);
  }
  addEventListener(type, listener, options) {
    if (typeof listener !== 'function' && typeof listener?.handleEvent !== 'function') return;
    const once = typeof options === 'object' && options !== null && Boolean(options.once);
    if (!this._listeners.some((each) => each.type === type && each.listener === listener)) this._listeners.push({ type, listener, once });
  }
  removeEventListener(type, listener) {
    const at = this._listeners.findIndex((each) => each.type === type && each.listener === listener);
    if (at >= 0) this._listeners.splice(at, 1);
  }
  dispatchEvent(event) {
    event._event.target = this;
    for (const { type, listener, once } of [...this._listeners]) {
      if (type !== event.type) continue;
      if (once) this.removeEventListener(type, listener);
      call(listener, this, event);
    }
    return !event.defaultPrevented;
  }
}

function call(listener, target, event) {
  try {
    if (typeof listener === 'function') listener.call(target, event);
    else listener.handleEvent(event);
  } catch (error) {
    console.error('Uncaught in an event listener:', error);
  }
}

let making = false;

function signal() {
  making = true;
  try {
    return new AbortSignal();
  } finally {
    making = false;
  }
}

function abort(target, reason) {
  if (target._abort.aborted) return;
  target._abort.aborted = true;
  target._abort.reason = reason === undefined ? new DOMException('This operation was aborted', 'AbortError') : reason;
  target.dispatchEvent(new Event('abort'));
}

export const timedOut = () => new DOMException('The operation was aborted due to timeout', 'TimeoutError');

export class AbortSignal extends EventTarget {
  constructor() {
    if (!making) throw new TypeError('Illegal constructor');
    super();
    hide(this, '_abort', { aborted: false, reason: undefined, milliseconds: null, armed: false, handler: null });
  }
  static abort(reason) {
    const made = signal();
    abort(made, reason);
    return made;
  }
  static timeout(milliseconds) {
    if (typeof milliseconds !== 'number' || !(milliseconds >= 0)) throw new RangeError('AbortSignal.timeout: the time is no number of milliseconds');
    const made = signal();
    made._abort.milliseconds = milliseconds;
    return made;
  }
  static any(signals) {
    const made = signal();
    for (const each of signals) {
      if (each.aborted) abort(made, each.reason);
      else each.addEventListener('abort', () => abort(made, each.reason));
    }
    return made;
  }
  get aborted() {
    return this._abort.aborted;
  }
  get reason() {
    return this._abort.reason;
  }
  get onabort() {
    return this._abort.handler;
  }
  set onabort(handler) {
    if (this._abort.handler === null) this.addEventListener('abort', (event) => this._abort.handler?.call(this, event));
    this._abort.handler = handler;
  }
  throwIfAborted() {
    if (this.aborted) throw this.reason;
  }
  addEventListener(type, listener, options) {
    super.addEventListener(type, listener, options);
    const state = this._abort;
    if (type !== 'abort' || state.milliseconds === null || state.armed) return;
    state.armed = true;
    pause(state.milliseconds).then(() => abort(this, timedOut()));
  }
}

export class AbortController {
  constructor() {
    hide(this, '_signal', signal());
  }
  get signal() {
    return this._signal;
  }
  abort(reason) {
    abort(this._signal, reason);
  }
}

/** How long a call with this signal may take, or null. */
export const timeoutOf = (target) => target._abort.milliseconds;

export function expire(target) {
  abort(target, timedOut());
  return target.reason;
}
