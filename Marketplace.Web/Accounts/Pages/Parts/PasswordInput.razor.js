import { strengthOf } from './strength.js';

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

  input.addEventListener('input', () => {
    line.hidden = input.value === '';
    meter.value = strengthOf(input.value, knownIn(input.form));
    words.textContent = line.dataset[['weak', 'fair', 'strong'][meter.value - 1]];
  });
}

function knownIn(form) {
  const fields = form.querySelectorAll('input[type=email], input[autocomplete=name]');
  return [...fields].flatMap(({ value }) => value.split(/[\s@.]+/));
}
