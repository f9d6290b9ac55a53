// The button that shows what was typed and hides it again. A password is sent hidden, so that the browser knows it for one.
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
