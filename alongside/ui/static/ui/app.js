// Staff screens work without this file. It keeps a button from being pressed twice, and shows on a phone where in the
// row of rooms one is.
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (form.dataset.sent) { event.preventDefault(); return; }
  form.dataset.sent = "1";
  // A download leaves the page standing: let the button work again.
  setTimeout(() => { delete form.dataset.sent; }, 4000);
});

const here = document.querySelector(".top nav [aria-current]");
if (here) {
  const row = here.closest("nav");
  const middle = (box) => box.left + box.width / 2;
  row.scrollLeft += middle(here.getBoundingClientRect()) - middle(row.getBoundingClientRect());
}
