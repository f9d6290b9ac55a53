const dialog = document.querySelector('[data-question]');

async function ask(address) {
  const page = new DOMParser().parseFromString(await (await fetch(address)).text(), 'text/html');
  const asked = page.querySelector('[data-question][open]');
  if (!asked) throw new Error('no question');
  dialog.replaceChildren(...asked.childNodes);
  if (!dialog.open) dialog.showModal();
}

document.addEventListener('click', (event) => {
  const link = event.target.closest('a[data-ask]');
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  ask(link.href).catch(() => location.assign(link.href));
});
dialog.addEventListener('click', (event) => {
  if (!event.target.closest('[data-close]')) return;
  event.preventDefault();
  dialog.close();
});
if (dialog.open) {
  dialog.close();
  dialog.showModal();
}
