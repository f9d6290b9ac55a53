// A rough estimate of how hard a password is to guess. The server decides; this only explains while one types.

const fair = 40; // bits
const strong = 64;

const beside = 5;

const rows = ['1234567890', 'qwertyuiop', 'asdfghjklñ', 'zxcvbnm'];

/// What others know of a person and try first, longest first, as the server takes it.
export function wordsOf(name, email) {
  const tokens = plain(`${name} ${email}`).split(/[^\p{L}\p{N}]+/u);
  return [...tokens, ...plain(email).split('@'), plain(email), 'marketplace']
    .filter((word) => word.length >= 3)
    .sort((one, other) => other.length - one.length);
}

/// Whether the server would refuse the password as little more than such words.
export function isPersonal(password, words) {
  const rest = without(password, words);
  return rest.length < plain(password).length && rest.length < beside;
}

/// Whether the server would refuse the password as repeated, counted or typed along the keyboard.
export function isPattern(password) {
  const text = plain(password.trim());
  const repeats = (unit) => unit * 2 <= text.length && text.slice(unit) === text.slice(0, -unit);
  return surprises(text) < 3 || [1, 2, 3, 4].some(repeats);
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

// A letter that repeats or follows the one before (aaa, 1234, abc, qwerty) adds nothing.
const surprises = (text) => text.split('').filter((letter, i) => i === 0 || !follows(letter, text[i - 1])).length;

function follows(letter, before) {
  const isBeside = (row) => row.includes(letter) && row.includes(before) && Math.abs(row.indexOf(letter) - row.indexOf(before)) === 1;
  return Math.abs(letter.charCodeAt() - before.charCodeAt()) <= 1 || rows.some(isBeside);
}

function alphabet(password) {
  const kinds = [[/\d/, 10], [/\p{Ll}/u, 26], [/\p{Lu}/u, 26], [/[^\p{L}\d]/u, 30]];
  return kinds.reduce((size, [kind, letters]) => size + (kind.test(password) ? letters : 0), 2);
}
