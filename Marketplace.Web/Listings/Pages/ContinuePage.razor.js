// Who pressed before signing in has pressed already.
document.querySelector('form[data-now]')?.submit();
