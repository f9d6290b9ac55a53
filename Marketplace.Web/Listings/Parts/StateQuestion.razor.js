const dialog = document.querySelector('[data-question]');

async function ask(address) {
  const page = new DOMParser().parseFromString(await (await fetch(address)).text(), 'text/html');
  const asked = page.querySelector('[data-question][open]');
  if (!asked) throw new Error('no question');
  dialog.replaceChildren(...asked.childNodes);
  dialog.querySelectorAll('[data-settles]').forEach(settle);
  if (!dialog.open) dialog.showModal();
}

document.addEventListener('click', (event) => {
  const link = event.target.closest('a[data-ask]');
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  ask(link.href).catch(() => location.assign(link.href));
});
// Our own sentence instead of the browser's bubble, which stays where there is no script.
function settle(form) {
  const problem = form.querySelector('.field-error');
  form.noValidate = true;
  form.addEventListener('submit', (event) => {
    if (form.checkValidity()) return;
    event.preventDefault();
    problem.hidden = false;
    form.querySelector('input[type=radio]').focus();
  });
  form.addEventListener('change', () => { problem.hidden = true; });
}

dialog.addEventListener('click', (event) => {
  if (!event.target.closest('[data-close]')) return;
  event.preventDefault();
  dialog.close();
});
dialog.querySelectorAll('[data-settles]').forEach(settle);
if (dialog.open) {
  dialog.close();
  dialog.showModal();
}
