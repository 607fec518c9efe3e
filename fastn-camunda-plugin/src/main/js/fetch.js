// fetch and what belongs to it. A call is an effect like any other; a Response holds the whole answer. Made when one of them is first used.
import { GuestPromise, apply, hide } from './primordials.js';
import { perform } from './calls.js';
import { base64ToBytes, bytesToBase64 } from './base64.js';
import { AbortSignal, DOMException, expire, timeoutOf } from './dom.js';

const NAME = /^[A-Za-z0-9!#$%&'*+.^_`|~-]+$/;
const NULL_BODY = [101, 204, 205, 304];
const REDIRECTS = [301, 302, 303, 307, 308];
const WITHOUT_BODY = ['GET', 'HEAD'];

function nameOf(name) {
  const text = `${name}`;
  if (!NAME.test(text)) throw new TypeError(`Headers: "${text}" is no name of a header`);
  return text.toLowerCase();
}

function valueOf(value) {
  const text = `${value}`.replace(/^[\t\n\r ]+|[\t\n\r ]+$/g, '');
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code > 255 || code === 0 || code === 10 || code === 13) throw new TypeError('Headers: the value holds a character that a header can not carry');
  }
  return text;
}

export class Headers {
  constructor(init) {
    hide(this, '_pairs', []);
    if (init === undefined || init === null) return;
    if (typeof init !== 'object' && typeof init !== 'function') throw new TypeError('Headers: neither an object nor a list of pairs');
    if (typeof init[Symbol.iterator] === 'function') {
      for (const pair of init) {
        const [name, value, ...more] = [...pair];
        if (value === undefined || more.length > 0) throw new TypeError('Headers: an entry is no pair of name and value');
        this.append(name, value);
      }
    } else for (const name of Object.keys(init)) this.append(name, init[name]);
  }
  append(name, value) {
    this._pairs.push([nameOf(name), valueOf(value)]);
  }
  delete(name) {
    const key = nameOf(name);
    hide(this, '_pairs', this._pairs.filter((pair) => pair[0] !== key));
  }
  get(name) {
    const key = nameOf(name);
    const values = this._pairs.filter((pair) => pair[0] === key).map((pair) => pair[1]);
    return values.length === 0 ? null : values.join(', ');
  }
  getSetCookie() {
    return this._pairs.filter((pair) => pair[0] === 'set-cookie').map((pair) => pair[1]);
  }
  has(name) {
    const key = nameOf(name);
    return this._pairs.some((pair) => pair[0] === key);
  }
  set(name, value) {
    const pair = [nameOf(name), valueOf(value)];
    const at = this._pairs.findIndex((each) => each[0] === pair[0]);
    if (at < 0) this._pairs.push(pair);
    else hide(this, '_pairs', [...this._pairs.slice(0, at), pair, ...this._pairs.slice(at + 1).filter((each) => each[0] !== pair[0])]);
  }
  *entries() {
    for (const name of [...new Set(this._pairs.map((pair) => pair[0]))].sort()) {
      if (name === 'set-cookie') for (const cookie of this.getSetCookie()) yield [name, cookie];
      else yield [name, this.get(name)];
    }
  }
  *keys() {
    for (const [name] of this.entries()) yield name;
  }
  *values() {
    for (const [, value] of this.entries()) yield value;
  }
  forEach(callback, self) {
    for (const [name, value] of this.entries()) apply(callback, self, [value, name, this]);
  }
  [Symbol.iterator]() {
    return this.entries();
  }
}

/** A body as it travels, and the type that it has by itself. */
function bodyOf(body) {
  if (body === undefined || body === null) return [null, null];
  if (body instanceof ArrayBuffer) return [{ bytes: bytesToBase64(new Uint8Array(body)) }, null];
  if (ArrayBuffer.isView(body)) return [{ bytes: bytesToBase64(new Uint8Array(body.buffer, body.byteOffset, body.byteLength)) }, null];
  if (body instanceof URLSearchParams) return [{ text: `${body}` }, 'application/x-www-form-urlencoded;charset=UTF-8'];
  return [{ text: `${body}`.toWellFormed() }, 'text/plain;charset=UTF-8'];
}

function bytesOf(body) {
  if (body === null) return new Uint8Array(0);
  return 'text' in body ? new TextEncoder().encode(body.text) : base64ToBytes(body.bytes);
}

class Body {
  get bodyUsed() {
    return this._body.used;
  }
  async text() {
    const content = this._take();
    if (content === null) return '';
    return 'text' in content ? content.text : new TextDecoder().decode(bytesOf(content));
  }
  async json() {
    return JSON.parse(await this.text());
  }
  async bytes() {
    return bytesOf(this._take());
  }
  async arrayBuffer() {
    return bytesOf(this._take()).buffer;
  }
}

hide(Body.prototype, '_take', function take() {
  if (this._body.used) throw new TypeError('Body is unusable: Body has already been read');
  this._body.used = this._body.content !== null;
  return this._body.content;
});

function keep(object, content, type) {
  hide(object, '_body', { content, used: false });
  if (type !== null && !object.headers.has('content-type')) object.headers.set('content-type', type);
}

export class Request extends Body {
  constructor(input, init = {}) {
    super();
    const from = input instanceof Request ? input : null;
    const method = init.method === undefined ? (from?.method ?? 'GET') : methodOf(init.method);
    const signal = init.signal === undefined ? (from?.signal ?? null) : init.signal;
    if (signal !== null && !(signal instanceof AbortSignal)) throw new TypeError('Request: the signal is no AbortSignal');
    const redirect = init.redirect ?? from?.redirect ?? 'follow';
    if (!['follow', 'error', 'manual'].includes(redirect)) throw new TypeError(`Request: redirect is "${redirect}"; there are follow, error, manual`);
    hide(this, '_request', { url: from?.url ?? urlOf(input), method, headers: new Headers(init.headers ?? from?.headers), redirect, signal });
    if (init.body !== undefined && init.body !== null) {
      if (WITHOUT_BODY.includes(method)) throw new TypeError(`Request: ${method} has no body`);
      keep(this, ...bodyOf(init.body));
    } else keep(this, from === null || init.body === null ? null : from._take(), null);
  }
  get url() {
    return this._request.url;
  }
  get method() {
    return this._request.method;
  }
  get headers() {
    return this._request.headers;
  }
  get redirect() {
    return this._request.redirect;
  }
  get signal() {
    return this._request.signal;
  }
  clone() {
    if (this.bodyUsed) throw new TypeError('Request.clone: Body has already been read');
    const copy = new Request(this.url, { method: this.method, headers: this.headers, redirect: this.redirect, signal: this.signal });
    keep(copy, this._body.content, null);
    return copy;
  }
}

function methodOf(name) {
  const method = `${name}`;
  if (!NAME.test(method) || ['CONNECT', 'TRACE', 'TRACK'].includes(method.toUpperCase())) throw new TypeError(`Request: "${method}" is no method that can be used`);
  const upper = method.toUpperCase();
  return ['DELETE', 'GET', 'HEAD', 'OPTIONS', 'POST', 'PUT'].includes(upper) ? upper : method;
}

function urlOf(input) {
  let url;
  try {
    url = new URL(`${input}`);
  } catch (cause) {
    throw new TypeError(`Failed to parse URL from ${input}`, { cause });
  }
  if (url.protocol !== 'http:' && url.protocol !== 'https:') throw new TypeError(`fetch: the scheme of "${url.protocol}" is not http or https`);
  if (url.username !== '' || url.password !== '') throw new TypeError('Request cannot be constructed from a URL that includes credentials');
  return url.href;
}

export class Response extends Body {
  constructor(body, { status = 200, statusText = '', headers } = {}) {
    super();
    if (!(status >= 200 && status <= 599)) throw new RangeError('Response: the status is not between 200 and 599');
    if (body !== undefined && body !== null && NULL_BODY.includes(status)) throw new TypeError(`Response: status ${status} has no body`);
    hide(this, '_response', { url: '', status, statusText: `${statusText}`, headers: new Headers(headers), redirected: false, type: 'default' });
    keep(this, ...bodyOf(body));
  }
  static json(value, init = {}) {
    const text = JSON.stringify(value);
    if (text === undefined) throw new TypeError('Response.json: the value has no JSON form');
    const response = new Response(null, init);
    keep(response, { text }, 'application/json');
    return response;
  }
  static error() {
    const response = new Response(null);
    Object.assign(response._response, { status: 0, type: 'error' });
    return response;
  }
  static redirect(url, status = 302) {
    if (!REDIRECTS.includes(status)) throw new RangeError(`Response.redirect: ${status} is no status of a redirect`);
    return new Response(null, { status, headers: { location: new URL(`${url}`).href } });
  }
  get url() {
    return this._response.url;
  }
  get status() {
    return this._response.status;
  }
  get statusText() {
    return this._response.statusText;
  }
  get ok() {
    return this.status >= 200 && this.status <= 299;
  }
  get headers() {
    return this._response.headers;
  }
  get redirected() {
    return this._response.redirected;
  }
  get type() {
    return this._response.type;
  }
  clone() {
    if (this.bodyUsed) throw new TypeError('Response.clone: Body has already been consumed.');
    const copy = new Response(null);
    hide(copy, '_response', { ...this._response, headers: new Headers(this.headers) });
    hide(copy, '_body', { content: this._body.content, used: false });
    return copy;
  }
}

function answered({ url, status, statusText, headers, redirected, body }) {
  const response = new Response(null);
  hide(response, '_response', { url, status, statusText, headers: new Headers(headers), redirected, type: 'basic' });
  keep(response, body, null);
  return response;
}

/** What the host says went wrong, as the error that fetch is rejected with. */
function failure(signal) {
  return (name, message) => {
    if (name !== 'TimeoutError') return new TypeError(message);
    return signal !== null && timeoutOf(signal) !== null ? expire(signal) : new DOMException(message, 'TimeoutError');
  };
}

export function fetch(input, init) {
  return new GuestPromise((resolve, reject) => {
    const request = new Request(input, init);
    const { signal, method, url, redirect } = request;
    if (signal?.aborted) throw signal.reason;
    const body = request._take();
    const makeArguments = () => ({ method, url, headers: [...request.headers._pairs], body, redirect, timeoutMs: signal === null ? null : timeoutOf(signal) });
    perform(`fetch.${method}`, makeArguments, answered, failure(signal)).then(resolve, reject);
    if (signal !== null && timeoutOf(signal) === null) signal.addEventListener('abort', () => reject(signal.reason));
  });
}
