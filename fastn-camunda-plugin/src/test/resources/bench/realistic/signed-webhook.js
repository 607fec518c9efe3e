// Checks the HMAC signature of a payment provider's webhook and books the payment. The sandbox has no crypto.subtle, so SHA-256 is here.
const K = new Uint32Array(64);
const H0 = new Uint32Array(8);
(() => {
  let n = 0;
  for (let candidate = 2; n < 64; candidate++) {
    let prime = true;
    for (let d = 2; d * d <= candidate; d++) if (candidate % d === 0) { prime = false; break; }
    if (!prime) continue;
    if (n < 8) H0[n] = (Math.sqrt(candidate) % 1) * 2 ** 32;
    K[n++] = (Math.cbrt(candidate) % 1) * 2 ** 32;
  }
})();

function sha256(bytes) {
  const length = bytes.length;
  const padded = new Uint8Array(((length + 8) >> 6 << 6) + 64);
  padded.set(bytes);
  padded[length] = 0x80;
  const view = new DataView(padded.buffer);
  view.setUint32(padded.length - 8, Math.floor(length / 2 ** 29));
  view.setUint32(padded.length - 4, length << 3);
  const h = H0.slice();
  const w = new Uint32Array(64);
  const rotr = (x, n) => (x >>> n) | (x << (32 - n));
  for (let at = 0; at < padded.length; at += 64) {
    for (let i = 0; i < 16; i++) w[i] = view.getUint32(at + 4 * i);
    for (let i = 16; i < 64; i++) {
      const s0 = rotr(w[i - 15], 7) ^ rotr(w[i - 15], 18) ^ (w[i - 15] >>> 3);
      const s1 = rotr(w[i - 2], 17) ^ rotr(w[i - 2], 19) ^ (w[i - 2] >>> 10);
      w[i] = w[i - 16] + s0 + w[i - 7] + s1;
    }
    let [a, b, c, d, e, f, g, hh] = h;
    for (let i = 0; i < 64; i++) {
      const t1 = (hh + (rotr(e, 6) ^ rotr(e, 11) ^ rotr(e, 25)) + ((e & f) ^ (~e & g)) + K[i] + w[i]) | 0;
      const t2 = ((rotr(a, 2) ^ rotr(a, 13) ^ rotr(a, 22)) + ((a & b) ^ (a & c) ^ (b & c))) | 0;
      hh = g; g = f; f = e; e = (d + t1) | 0; d = c; c = b; b = a; a = (t1 + t2) | 0;
    }
    [a, b, c, d, e, f, g, hh].forEach((v, i) => { h[i] += v; });
  }
  const out = new Uint8Array(32);
  h.forEach((v, i) => new DataView(out.buffer).setUint32(4 * i, v));
  return out;
}

function hmac(key, text) {
  const enc = new TextEncoder();
  let k = enc.encode(key);
  if (k.length > 64) k = sha256(k);
  const block = (x) => Uint8Array.from({ length: 64 }, (_, i) => (k[i] ?? 0) ^ x);
  const inner = sha256(Uint8Array.of(...block(0x36), ...enc.encode(text)));
  return hex(sha256(Uint8Array.of(...block(0x5c), ...inner)));
}

const hex = (bytes) => [...bytes].map((b) => b.toString(16).padStart(2, '0')).join('');

function same(a, b) {
  if (a.length !== b.length) return false;
  let diff = 0;
  for (let i = 0; i < a.length; i++) diff |= a.charCodeAt(i) ^ b.charCodeAt(i);
  return diff === 0;
}

export default async function (ctx) {
  const { payload, signature } = ctx.input;
  const secret = await fastn.secrets.get('payment-webhook');
  const [t, v1] = signature.split(',').map((part) => part.split('=')[1]);
  if (!same(hmac(secret, `${t}.${payload}`), v1 ?? '')) {
    await fastn.connector.chat.postMessage({ channel: '#security', text: 'webhook with a wrong signature' });
    return { status: 401 };
  }

  const event = JSON.parse(payload);
  if (await fastn.state.get(`event:${event.id}`)) return { status: 200, duplicate: true };

  if (event.type === 'payment.succeeded') {
    const rows = await fastn.db.query('UPDATE invoice SET paid = $1 WHERE number = $2 RETURNING customer', [event.amount, event.reference]);
    if (rows.length === 0) await fastn.connector.tickets.createTicket({ title: `payment for unknown invoice ${event.reference}` });
  } else if (event.type === 'payment.failed') {
    await fastn.connector.mail.send({ to: event.email, subject: 'Your payment failed', text: event.message });
  }
  await fastn.state.set(`event:${event.id}`, true, { ttl: 86400 });
  return { status: 200, type: event.type, digest: hmac('k'.repeat(70), payload) };
}
