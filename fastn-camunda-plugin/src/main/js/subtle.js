// crypto.subtle: digest, and sign and verify with HMAC. Made when it is first used.
import { hide } from './primordials.js';
import { base64ToBytes, bytesToBase64 } from './base64.js';
import { digestOf } from './hash.js';
import { DOMException } from './dom.js';

const HASHES = ['SHA-1', 'SHA-256', 'SHA-384', 'SHA-512'];

function hashOf(algorithm) {
  const name = `${typeof algorithm === 'string' ? algorithm : algorithm?.name}`.toUpperCase();
  if (!HASHES.includes(name)) throw new DOMException(`crypto.subtle: there is no algorithm "${name}"; there are ${HASHES.join(', ')}`, 'NotSupportedError');
  return name;
}

function requireHmac(algorithm) {
  const name = `${typeof algorithm === 'string' ? algorithm : algorithm?.name}`.toUpperCase();
  if (name !== 'HMAC') throw new DOMException(`crypto.subtle: there is no algorithm "${name}" for this; there is HMAC`, 'NotSupportedError');
}

function base64Of(content) {
  if (content instanceof ArrayBuffer) return bytesToBase64(new Uint8Array(content));
  if (ArrayBuffer.isView(content)) return bytesToBase64(new Uint8Array(content.buffer, content.byteOffset, content.byteLength));
  throw new TypeError('crypto.subtle: the content is neither an ArrayBuffer nor a view of one');
}

function requireKey(key, usage) {
  if (typeof key?._key !== 'string' || !key.usages.includes(usage)) throw new DOMException(`crypto.subtle: the key is not one for "${usage}"`, 'InvalidAccessError');
}

const signature = (key, content) => digestOf(key.algorithm.hash.name, key._key, base64Of(content));

export const subtle = {
  async digest(algorithm, content) {
    return base64ToBytes(digestOf(hashOf(algorithm), null, base64Of(content))).buffer;
  },
  async importKey(format, content, algorithm, extractable, usages) {
    requireHmac(algorithm);
    if (format !== 'raw') throw new DOMException(`crypto.subtle: there is no format "${format}"; there is raw`, 'NotSupportedError');
    const key = { type: 'secret', extractable: Boolean(extractable), algorithm: { name: 'HMAC', hash: { name: hashOf(algorithm.hash) } }, usages: [...usages] };
    hide(key, '_key', base64Of(content));
    return key;
  },
  async sign(algorithm, key, content) {
    requireHmac(algorithm);
    requireKey(key, 'sign');
    return base64ToBytes(signature(key, content)).buffer;
  },
  async verify(algorithm, key, given, content) {
    requireHmac(algorithm);
    requireKey(key, 'verify');
    return base64Of(given) === signature(key, content);
  },
};
