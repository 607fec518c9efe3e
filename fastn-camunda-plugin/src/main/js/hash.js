// Digests of the host: the same bytes give the same digest, so nothing has to be recorded.
let hash = null;

/** Takes the host's function: name of the algorithm, key or null, content, both as Base64; gives Base64. */
export function connectHash(source) {
  hash = source;
}

export const digestOf = (algorithm, key, content) => hash(algorithm, key, content);
