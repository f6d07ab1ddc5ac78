// Without this the button stays hidden, and the browser's own menu prints the page as well.
for (const box of document.querySelectorAll("[data-print]")) {
  box.hidden = false;
  box.querySelector("button").addEventListener("click", () => print());
}
