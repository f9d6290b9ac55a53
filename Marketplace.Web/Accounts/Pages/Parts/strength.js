// A rough estimate of how hard a password is to guess. The server decides; this only explains while one types.

const fair = 40; // bits
const strong = 64;

/// Returns 1 (weak), 2 (fair) or 3 (strong). `words` are what others know of the person: name and address.
export function strengthOf(password, words = []) {
  const known = words.map(plain).filter((word) => word.length >= 3);
  const rest = known.reduce((left, word) => left.replaceAll(word, ''), plain(password));
  const bits = surprises(rest) * Math.log2(alphabet(password));
  if (password.length < 8 || bits < fair) return 1;
  return bits < strong ? 2 : 3;
}

const plain = (text) => text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();

// A letter that repeats or follows the one before (aaa, 1234, abc) adds nothing.
function surprises(text) {
  const codes = [...text].map((letter) => letter.codePointAt(0));
  return codes.filter((code, i) => i === 0 || Math.abs(code - codes[i - 1]) > 1).length;
}

function alphabet(password) {
  const kinds = [[/\d/, 10], [/\p{Ll}/u, 26], [/\p{Lu}/u, 26], [/[^\p{L}\d]/u, 30]];
  return kinds.reduce((size, [kind, letters]) => size + (kind.test(password) ? letters : 0), 2);
}
