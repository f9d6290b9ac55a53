const number = new Intl.NumberFormat(document.documentElement.lang, { useGrouping: 'always' });

for (const field of document.querySelectorAll('[data-counted]')) {
  const counter = document.getElementById(field.getAttribute('aria-describedby').split(' ')[0]);
  const most = Number(field.dataset.counted);
  const fill = (words, ...numbers) => numbers.reduce((text, one, i) => text.replace(`{${i}}`, number.format(one)), words);

  const count = () => {
    const over = field.value.length - most;
    counter.textContent = over > 0 ? fill(counter.dataset.over, over, most) : fill(counter.dataset.counter, field.value.length, most);
    counter.classList.toggle('over', over > 0);
    if (over > 0) counter.setAttribute('role', 'status');
    else counter.removeAttribute('role');
  };
  field.addEventListener('input', count);
  count();
}
