// The NHS components, autosave, copying a text, and a guard against sending a form twice. Pages work without any of it.

const QUIET_MS = 2000; // save this long after the last key
const AT_MOST_EVERY_MS = 10000;
const SEND_AGAIN_AFTER_MS = 5000;
const LONGEST_WAIT_MS = 60000;

const OFFLINE = "Not saved yet. You are offline. Keep this page open and we will keep trying.";
const SIGNED_OUT =
  "Not saved. You are signed out. Sign in again in another tab, then come back to this page.";
const CONFLICT =
  "Not saved. This was changed in another tab or by somebody else. Save to see both versions.";
const NOT_SURE =
  "We could not tell if that was saved. Keep this page open and press the button again.";
const REFUSED = "Not saved. Use the button to save, and we will tell you what is wrong.";

// The address of the NHS module may have a hash in its name, so the page tells us what it is.
async function startComponents() {
  try {
    const nhsuk = await import(document.getElementById("app-script").dataset.nhsuk);
    // Count characters as Python does, so that the page and the server agree about emoji.
    nhsuk.initAll({ characterCount: { countFunction: (text) => [...text].length } });
    document.querySelectorAll("input[type=radio][aria-expanded]").forEach(neverExpanded);
  } catch (error) {
    document.body.classList.remove("nhsuk-frontend-supported");
    console.error(error);
  }
}

// NHS's script says aria-expanded on radios, where ARIA does not allow it. What opens comes next on the page.
function neverExpanded(radio) {
  radio.removeAttribute("aria-expanded");
  const watch = () => radio.hasAttribute("aria-expanded") && radio.removeAttribute("aria-expanded");
  new MutationObserver(watch).observe(radio, { attributeFilter: ["aria-expanded"] });
}

// Saves one form as a draft. It never touches what is typed, and keeps nothing in the browser.
class Autosave {
  constructor(form) {
    this.form = form;
    this.status = form.querySelector("[data-autosave-status]");
    this.changes = 0; // counts edits, so that typing during a save is noticed
    this.saved = 0;
    this.failures = 0;
    this.lastTry = -Infinity;
    // Not "change": leaving a box is no change, and when the warning of idle.js opens it is left by nobody.
    form.addEventListener("input", () => this.changed());
    form.addEventListener("submit", (event) => this.submit(event));
    addEventListener("pageshow", () => { this.submitting = false; });
    addEventListener("beforeunload", (event) => this.ask(event));
    addEventListener("online", () => this.tryNow());
    document.addEventListener("app:save-now", () => this.save());
    // Coming back from the tab where you signed in again.
    document.addEventListener("visibilitychange", () => document.hidden || this.tryNow());
  }

  get unsaved() { return this.changes > this.saved; }

  changed() {
    this.changedAt = performance.now();
    if (!this.unsaved) this.unsavedSince = this.changedAt;
    this.changes += 1;
    this.form.dataset.unsaved = "";
    if (this.failures) return; // the next try is planned already
    // Somebody who types without a rest is waited for no longer than that.
    this.plan(Math.min(QUIET_MS, this.unsavedSince + AT_MOST_EVERY_MS - this.changedAt));
  }

  tryNow() {
    if (this.failures) this.plan(0);
  }

  plan(wait) {
    clearTimeout(this.timer);
    const rest = this.failures ? 0 : this.lastTry + AT_MOST_EVERY_MS - performance.now();
    this.timer = setTimeout(() => this.save(), Math.max(wait, rest));
  }

  async save() {
    if (this.sending || this.submitting || this.stopped || !this.unsaved) return;
    this.sending = true;
    this.lastTry = performance.now();
    const upTo = this.changes;
    try {
      await this.take(await this.post(), upTo);
    } catch {
      this.failed(OFFLINE); // no network, or an answer that is not ours
    }
    this.sending = false;
    if (this.unsaved && !this.stopped) this.plan(this.failures ? this.backoff() : QUIET_MS);
  }

  post() {
    return fetch(this.form.dataset.autosave, {
      method: "POST",
      body: new FormData(this.form),
      // Saving by itself is not activity. How long ago somebody typed is, and the server wants to know.
      headers: { "X-Requested-With": "fetch", "X-Last-Done": this.secondsSinceChange() },
      credentials: "same-origin",
      redirect: "manual", // a redirect can only be to the sign-in page
    });
  }

  secondsSinceChange() {
    return Math.min(999999, Math.round((performance.now() - this.changedAt) / 1000));
  }

  async take(response, upTo) {
    if (response.ok) {
      const { saved_at } = await response.json();
      this.saved = upTo;
      this.failures = 0;
      this.form.dataset.saved = "";
      if (!this.unsaved) delete this.form.dataset.unsaved;
      this.say(`Saved ${saved_at}`);
      this.offerDiscard();
      document.dispatchEvent(new Event("app:saved"));
    } else if (response.type === "opaqueredirect" || [401, 403].includes(response.status)) {
      this.failed(SIGNED_OUT);
    } else if (response.status >= 500) {
      this.failed(OFFLINE);
    } else {
      this.stopped = true;
      this.failed(response.status === 409 ? CONFLICT : REFUSED);
    }
  }

  // A button that does something else than save, such as "Find more", has a name of its own.
  submit(event) {
    if (event.defaultPrevented) return;
    const name = event.submitter?.name;
    if (this.ordinary || (name && name !== "later")) {
      this.submitting = true;
      return;
    }
    event.preventDefault();
    if (!this.submitting) this.sendForm(event.submitter);
  }

  // The page stays until the server has said where the record is, so that a lost reply loses no word. Every
  // other answer, such as what has to be put right, comes by sending the form once more in the ordinary way.
  async sendForm(button) {
    this.submitting = true;
    this.say("Sending");
    const body = new FormData(this.form);
    if (button?.name) body.append(button.name, button.value);
    try {
      const response = await fetch(this.form.action, {
        method: "POST",
        body,
        headers: { "X-Requested-With": "fetch", "X-Answer": "where" },
        credentials: "same-origin",
        redirect: "manual",
        signal: AbortSignal.timeout?.(LONGEST_WAIT_MS),
      });
      if (response.status >= 500) throw new Error(response.status);
      if (response.headers.get("Content-Type") === "application/json") {
        location.assign((await response.json()).to);
        return;
      }
    } catch {
      this.submitting = false;
      this.form.dispatchEvent(new Event("app:not-sent"));
      this.failed(NOT_SURE);
      this.plan(this.backoff());
      return;
    }
    this.ordinary = true;
    this.form.dispatchEvent(new Event("app:not-sent"));
    this.form.requestSubmit(button);
  }

  // From the first save on there is a draft, which leaving the page would not take away.
  offerDiscard() {
    const cancel = this.form.querySelector("[data-discard]");
    if (cancel) {
      cancel.href = cancel.dataset.discard;
      cancel.textContent = "Discard";
    }
  }

  failed(words) {
    this.failures += 1;
    this.say(words, true);
  }

  backoff() { return Math.min(QUIET_MS * 2 ** this.failures, LONGEST_WAIT_MS); }

  // A screen reader hears the line again only when its words change.
  say(words, problem = false) {
    if (!this.status) return;
    if (this.status.textContent !== words) this.status.textContent = words;
    this.status.classList.toggle("app-save-status--problem", problem);
  }

  ask(event) {
    if (this.unsaved && !this.submitting) event.preventDefault();
  }
}

// A second press within 5 seconds is ignored. The button stays enabled, so its name and value are sent.
function guardAgainstTwice(form) {
  let sentAt = -Infinity;
  form.addEventListener("submit", (event) => {
    if (performance.now() - sentAt < SEND_AGAIN_AFTER_MS) {
      event.preventDefault();
      return;
    }
    sentAt = performance.now();
    document.getElementById("app-status")?.replaceChildren("Sending");
  });
  for (const [place, name] of [[window, "pageshow"], [form, "app:not-sent"]]) {
    place.addEventListener(name, () => { sentAt = -Infinity; });
  }
}

// Takes a text along. Without the script it is selected in its box and copied with the keys.
function offerCopy(button) {
  const box = document.getElementById(button.dataset.copy);
  const status = document.getElementById(`${button.dataset.copy}-status`);
  button.hidden = false;
  button.addEventListener("click", async () => {
    box.select();
    try {
      await navigator.clipboard.writeText(box.value);
      status.textContent = "Copied. Paste it into your record system, then say so here.";
    } catch {
      box.focus();
      status.textContent = "Your browser did not copy it. The text is selected: copy it with Ctrl and C.";
    }
  });
}

startComponents();
for (const form of document.querySelectorAll("form[method=post]")) guardAgainstTwice(form);
for (const form of document.querySelectorAll("form[data-autosave]")) new Autosave(form);
for (const button of document.querySelectorAll("button[data-copy]")) offerCopy(button);
