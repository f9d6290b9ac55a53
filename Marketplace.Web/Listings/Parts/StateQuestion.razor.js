// Asks on the page itself what would else be a page of its own.
const dialog = document.querySelector('[data-question]');
const part = (name) => dialog.querySelector(`[data-${name}]`);

document.addEventListener('click', (event) => {
  const link = event.target.closest('a[data-ask]');
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  for (const name of ['title', 'hint', 'deed']) part(name).textContent = link.dataset[name];
  dialog.querySelector('form').action = link.dataset.action;
  dialog.querySelector('[name=state]').value = link.dataset.ask;
  dialog.showModal();
});
part('close').addEventListener('click', (event) => {
  event.preventDefault();
  dialog.close();
});
// Open by the address: from now on nothing behind it can be pressed.
if (dialog.open) {
  dialog.close();
  dialog.showModal();
}
