// Runs before the page is drawn, so that questions under a choice do not flash up and vanish.
document.body.classList.add("js-enabled");
if ("noModule" in HTMLScriptElement.prototype) {
  document.body.classList.add("nhsuk-frontend-supported");
}
// If the script that opens those questions does not arrive, show them all.
addEventListener("error", (event) => {
  if (event.target.id === "app-script") document.body.classList.remove("nhsuk-frontend-supported");
}, true);
