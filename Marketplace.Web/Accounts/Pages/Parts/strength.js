// A rough estimate of how hard a password is to guess. The server decides; this only explains while one types.

const fair = 40; // bits
const strong = 64;

const beside = 5;

/// What others know of a person and try first, longest first, as the server takes it.
export function wordsOf(name, email) {
  const [address] = email.split('@');
  const tokens = plain(`${name} ${address}`).split(/[^\p{L}\p{N}]+/u);
  return [...tokens, plain(address), plain(email), 'marketplace']
    .filter((word) => word.length >= 3)
    .sort((one, other) => other.length - one.length);
}

/// Whether the server would refuse the password as little more than such words.
export function isPersonal(password, words) {
  const rest = without(password, words);
  return rest.length < plain(password).length && rest.length < beside;
}

/// Returns 1 (weak), 2 (fair) or 3 (strong).
export function strengthOf(password, words = []) {
  const bits = surprises(without(password, words)) * Math.log2(alphabet(password));
  if (password.length < 8 || bits < fair) return 1;
  return bits < strong ? 2 : 3;
}

const without = (password, words) => words.reduce((left, word) => left.replaceAll(word, ''), plain(password));

// As the server folds: without accents, but with ñ.
const plain = (text) => text.normalize('NFKD').toLowerCase().replaceAll('n\u0303', 'ñ').replace(/\p{M}/gu, '');

// A letter that repeats or follows the one before (aaa, 1234, abc) adds nothing.
function surprises(text) {
  const codes = [...text].map((letter) => letter.codePointAt(0));
  return codes.filter((code, i) => i === 0 || Math.abs(code - codes[i - 1]) > 1).length;
}

function alphabet(password) {
  const kinds = [[/\d/, 10], [/\p{Ll}/u, 26], [/\p{Lu}/u, 26], [/[^\p{L}\d]/u, 30]];
  return kinds.reduce((size, [kind, letters]) => size + (kind.test(password) ? letters : 0), 2);
}
