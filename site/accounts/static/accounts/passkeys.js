// Asks the browser for a passkey when a button of a form marked data-passkey is pressed, and sends its answer.
// "create" makes one, "get" uses one of this person's, "ask" any that belongs here: who it is, the passkey says.

const NOT_USED = "The passkey was not used. Try again, or use another way.";

function optionsOnPage() {
  return JSON.parse(document.getElementById("passkey-data").textContent);
}

async function optionsFromServer(form) {
  const response = await fetch(form.action, { headers: { Accept: "application/json" } });
  if (!response.ok) throw new Error("no answer");
  return response.json();
}

function create() {
  const { publicKey } = optionsOnPage().creation_options;
  return window.webauthnJSON.create({ publicKey });
}

async function get(form) {
  const { request_options } = form.dataset.passkey === "ask" ? await optionsFromServer(form) : optionsOnPage();
  return window.webauthnJSON.get(request_options);
}

async function answer(form, said) {
  said.textContent = "";
  try {
    const credential = await (form.dataset.passkey === "create" ? create() : get(form));
    form.elements.credential.value = JSON.stringify(credential);
    form.submit();
  } catch {
    said.textContent = NOT_USED; // stopped by the person, or the device has none
  }
}

for (const form of document.querySelectorAll("form[data-passkey]")) {
  form.hidden = !window.PublicKeyCredential;
  form.querySelector("button").addEventListener("click", (event) => {
    event.preventDefault();
    answer(form, form.querySelector("[data-passkey-said]"));
  });
}
