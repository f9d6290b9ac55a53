import { isCommon } from './common.js';
import { isPattern, isPersonal, strengthOf, wordsOf } from './strength.js';

// Reveals the password. It is hidden again on submit, so that the browser recognises it as a password.
for (const button of document.querySelectorAll('[data-reveal]')) {
  const input = document.getElementById(button.getAttribute('aria-controls'));
  const name = button.querySelector('span');

  const toggle = () => {
    [name.textContent, button.dataset.other] = [button.dataset.other, name.textContent];
    input.type = button.classList.toggle('shown') ? 'text' : 'password';
  };
  button.addEventListener('click', toggle);
  input.form.addEventListener('submit', () => input.type === 'text' && toggle());
  button.hidden = false;
}

for (const line of document.querySelectorAll('[data-strength]')) {
  const input = document.getElementById(line.dataset.strength);
  const [meter, words] = line.children;
  let common;

  const tell = async () => {
    const password = input.value;
    line.hidden = password === '';
    const [strength, said] = await judge(password, knownIn(input.form, line.dataset.name), common);
    if (input.value !== password) return;
    meter.value = strength;
    words.textContent = line.dataset[said];
  };
  const load = async () => {
    ({ packed: common } = await import('./commonPasswords.js').catch(() => ({})));
    if (input.value) tell();
  };
  input.addEventListener('input', tell);
  if (document.activeElement === input) load();
  else input.addEventListener('focus', load, { once: true });
}

async function judge(password, words, common) {
  if (password.length >= 8 && isPattern(password)) return [1, 'common'];
  if (password.length >= 8 && common && (await isCommon(password, common))) return [1, 'common'];
  if (password.length >= 8 && isPersonal(password, words)) return [1, 'personal'];
  const strength = strengthOf(password, words);
  return [strength, ['weak', 'fair', 'strong'][strength - 1]];
}

function knownIn(form, name) {
  const typed = (selector) => form.querySelector(selector)?.value ?? '';
  return wordsOf(name ?? typed('input[autocomplete=name]'), typed('input[type=email]'));
}
