// Bytes as Base64 text and back.
const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';
const values = []; // by character code; filled at first use, for every context would pay for it

function valueOf(code) {
  if (values.length === 0) for (let i = 0; i < ALPHABET.length; i++) values[ALPHABET.charCodeAt(i)] = i;
  return values[code];
}

export function bytesToBase64(bytes) {
  const parts = [];
  for (let i = 0; i < bytes.length; i += 3) {
    const [a, b, c] = [bytes[i], bytes[i + 1], bytes[i + 2]];
    const last = b === undefined ? '==' : c === undefined ? ALPHABET[(b & 15) << 2] + '=' : ALPHABET[((b & 15) << 2) | (c >> 6)] + ALPHABET[c & 63];
    parts.push(ALPHABET[a >> 2] + ALPHABET[((a & 3) << 4) | ((b ?? 0) >> 4)] + last);
  }
  return parts.join('');
}

export function base64ToBytes(text) {
  const digits = text.replace(/=+$/, '');
  const bytes = new Uint8Array((digits.length * 3) >> 2);
  let bits = 0;
  let held = 0;
  let at = 0;
  for (let i = 0; i < digits.length; i++) {
    held = ((held << 6) | valueOf(digits.charCodeAt(i))) & 0xffffff;
    bits += 6;
    if (bits >= 8) bytes[at++] = (held >> (bits -= 8)) & 255;
  }
  return bytes;
}
