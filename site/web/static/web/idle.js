// Warns before the server signs somebody out, and asks for one key to stay. The server does the counting:
// asking it how long is left is not activity, pressing the button is.

const { limit, warning, stay, signIn } = document.getElementById("idle-script").dataset;
const WARNS_WITH_LEFT = Number(limit) - Number(warning); // seconds
const SOON_AGAIN_MS = 10000;
const AT_LEAST_MS = 500;

const dialog = document.getElementById("idle-warning");
const over = document.getElementById("idle-over");
const text = document.getElementById("idle-text");
let timer;
let touched = false; // something was typed or chosen in a form that does not save by itself

document.addEventListener("input", (event) => {
  const form = event.target.form;
  touched ||= Boolean(form && form.method === "post" && !form.dataset.autosave);
});
document.addEventListener("submit", () => { touched = false; });

// Seconds left; 0 when the session is over; undefined when nobody answers.
async function ask(method = "GET") {
  try {
    const token = document.querySelector("input[name=csrfmiddlewaretoken]")?.value ?? "";
    const headers = { "X-Requested-With": "fetch", ...(method === "POST" && { "X-CSRFToken": token }) };
    const response = await fetch(stay, { method, headers, credentials: "same-origin", redirect: "manual" });
    if (response.ok) return take(await response.json());
    return response.status === 401 || response.type === "opaqueredirect" ? 0 : undefined;
  } catch {
    return undefined;
  }
}

// Signing in again in another tab makes the tokens of this page stale, so the answer brings a fresh one.
function take({ left, token }) {
  for (const input of document.querySelectorAll("input[name=csrfmiddlewaretoken]")) input.value = token;
  return left;
}

function lookAgainIn(milliseconds) {
  clearTimeout(timer);
  timer = setTimeout(look, Math.max(AT_LEAST_MS, milliseconds));
}

async function look() {
  const left = await ask();
  if (left === undefined) lookAgainIn(SOON_AGAIN_MS);
  else if (left === 0) end();
  else if (left > WARNS_WITH_LEFT) stayed(left);
  else warn(left);
}

// Something was done in this tab or in another one.
function stayed(left) {
  if (dialog.open) dialog.close(); // the focus goes back to where it was
  lookAgainIn((left - WARNS_WITH_LEFT) * 1000);
}

function warn(left) {
  if (!dialog.open) {
    saveDrafts();
    say();
    dialog.showModal(); // the focus goes to the button: one key is enough
  }
  lookAgainIn(Math.min(left * 1000 + AT_LEAST_MS, SOON_AGAIN_MS));
}

function saveDrafts() {
  document.dispatchEvent(new Event("app:save-now"));
}

const unsaved = () => touched || document.querySelector("form[data-unsaved]") !== null;

function say() {
  text.textContent = unsaved() ? text.dataset.unsaved : text.dataset.saved;
}
document.addEventListener("app:saved", say);

async function extend() {
  const left = await ask("POST");
  if (left) stayed(left);
  else if (left === 0) end();
  else lookAgainIn(AT_LEAST_MS);
}

// What is saved leaves the screen and is there again after signing in. What is not stays, behind a curtain.
function end() {
  clearTimeout(timer);
  if (dialog.open) dialog.close();
  if (unsaved()) {
    over.showModal();
    return;
  }
  location.replace(`${signIn}?idle=1&next=${encodeURIComponent(whereItGoesOn())}`);
}

function whereItGoesOn() {
  const form = document.querySelector("form[data-autosave][data-saved]");
  const key = form?.querySelector("input[name=form_key]")?.value;
  return key ? `${location.pathname}?draft=${key}` : location.pathname + location.search;
}

async function back() {
  const left = await ask();
  if (left) {
    over.close();
    stayed(left);
    saveDrafts();
  } else {
    document.getElementById("idle-still-out").textContent = "You are not signed in yet.";
  }
}

document.getElementById("idle-stay").addEventListener("click", extend);
dialog.addEventListener("cancel", (event) => { event.preventDefault(); extend(); }); // Escape stays too
document.getElementById("idle-back").addEventListener("click", back);
over.addEventListener("cancel", (event) => event.preventDefault());
// A computer that slept wakes up with its timers late.
document.addEventListener("visibilitychange", () => document.hidden || over.open || look());
lookAgainIn(Number(warning) * 1000);
