// Staff screens work without this file. It only keeps a button from being pressed twice.
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (form.dataset.sent) { event.preventDefault(); return; }
  form.dataset.sent = "1";
  // A download leaves the page standing: let the button work again.
  setTimeout(() => { delete form.dataset.sent; }, 4000);
});
