// The two boxes of a consultation: move a paragraph from one to the other, and see what the school will see.

const PREVIEW_AFTER_MS = 400;

// [start, end] of the paragraphs that the caret or selection touches. Blank lines part paragraphs.
function paragraphsAt(box) {
  const before = box.value.lastIndexOf("\n\n", Math.max(box.selectionStart - 1, 0));
  const after = box.value.indexOf("\n\n", box.selectionEnd);
  return [before < 0 ? 0 : before + 2, after < 0 ? box.value.length : after];
}

const joined = (...parts) => parts.map((part) => part.trim()).filter(Boolean).join("\n\n");

function write(box, text) {
  box.value = text;
  box.dispatchEvent(new Event("input", { bubbles: true }));
}

function move(button) {
  const from = document.getElementById(button.dataset.moveFrom);
  const to = document.getElementById(button.dataset.moveTo);
  const [start, end] = paragraphsAt(from);
  const moved = from.value.slice(start, end).trim();
  const status = document.getElementById("app-status");
  if (!moved) {
    status.textContent = "There is nothing to move. Put the cursor in a paragraph first.";
    return;
  }
  write(to, joined(to.value, moved));
  write(from, joined(from.value.slice(0, start), from.value.slice(end)));
  status.textContent = button.dataset.moveSays;
}

// Drawn by the server, so that it is what the reader will get to the letter.
class Preview {
  constructor(panel) {
    this.panel = panel;
    this.box = document.getElementById(panel.dataset.previewOf);
    this.token = this.box.form.elements.csrfmiddlewaretoken.value;
    this.box.addEventListener("input", () => this.later());
  }

  later() {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.draw(), PREVIEW_AFTER_MS);
  }

  async draw() {
    const typed = this.box.value;
    const body = new FormData();
    body.set("agreed", typed);
    body.set("csrfmiddlewaretoken", this.token);
    try {
      const answer = await fetch(this.panel.dataset.preview, {
        method: "POST", body, credentials: "same-origin", redirect: "error",
        headers: { "X-Requested-With": "fetch" },
      });
      if (answer.ok && typed === this.box.value) this.panel.lastElementChild.innerHTML = await answer.text();
    } catch {
      // Offline: the preview waits, the text stays.
    }
  }
}

for (const button of document.querySelectorAll("[data-move-from]")) {
  button.hidden = false;
  button.addEventListener("click", () => move(button));
}
for (const panel of document.querySelectorAll("[data-preview]")) new Preview(panel);
