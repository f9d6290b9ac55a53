// Counts what is written in the description against what it admits.
const text = document.querySelector('[data-counted]');
const counter = document.querySelector('[data-counter]');
const number = new Intl.NumberFormat(document.documentElement.lang, { useGrouping: 'always' });

function count() {
  counter.textContent = counter.dataset.counter.replace('{0}', number.format(text.value.length)).replace('{1}', number.format(text.maxLength));
}
if (text) {
  text.addEventListener('input', count);
  count();
}
