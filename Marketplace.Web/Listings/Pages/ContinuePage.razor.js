document.querySelector('form[data-now]')?.submit();
