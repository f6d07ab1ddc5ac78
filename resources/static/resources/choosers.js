// Opens Wagtail's date and time pop-ups without the inline scripts that our Content-Security-Policy refuses.
// The widget templates of the same name write what each needs as JSON beside the box.

const STARTS = { date: "initDateChooser", datetime: "initDateTimeChooser", time: "initTimeChooser" };

function start(root) {
  for (const note of root.querySelectorAll("script[data-chooser]")) {
    const { chooser, for: id } = note.dataset;
    if (note.dataset.started || !document.getElementById(id) || !window[STARTS[chooser]]) continue;
    note.dataset.started = "yes";
    window[STARTS[chooser]](id, JSON.parse(note.textContent));
  }
}

function startAll() {
  start(document);
  // Panels and dialogs that are added later.
  new MutationObserver(() => start(document)).observe(document.body, { childList: true, subtree: true });
}

if (document.readyState === "complete") startAll();
else addEventListener("load", startAll);
