const bits = 26;

let known;

/// Whether the server would refuse the password as one of the most common. `packed` are the gaps between the sorted
/// beginnings of their hashes: one in 4,000 other passwords is taken for common, which the server then accepts.
export async function isCommon(typed, packed) {
  const password = typed.trim();
  if (isMostlyItself(password)) return true;
  // Without https there is no hash, and the server says it after submitting.
  if (!crypto.subtle) return false;
  known ??= unpack(packed);
  const hash = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(password.toLowerCase()));
  return known.has(new DataView(hash).getUint32(0) >>> (32 - bits));
}

function isMostlyItself(password) {
  const plain = password.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();
  const rest = plain.replaceAll('contrasena', '');
  return rest.length < plain.length && rest.length < 5;
}

function unpack(packed) {
  const gaps = new Uint16Array(Uint8Array.from(atob(packed), (letter) => letter.charCodeAt(0)).buffer);
  let last = 0;
  return new Set(Array.from(gaps, (gap) => (last += gap)));
}
