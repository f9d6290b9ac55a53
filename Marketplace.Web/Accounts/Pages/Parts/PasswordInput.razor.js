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
