// What makes the pages a little quicker with JavaScript. Everything works without it.

"use strict";

// A form is sent once, however often its button is pressed; the answer to come is a page of its own.
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (form.dataset.sent && !form.hasAttribute("data-download")) {
    event.preventDefault();
    return;
  }
  form.dataset.sent = "yes";
});

// A page taken back out of the browser's memory can be sent anew.
window.addEventListener("pageshow", () => {
  for (const form of document.forms) {
    delete form.dataset.sent;
  }
});

// Print buttons are there only where they can print.
for (const button of document.querySelectorAll("button[data-print]")) {
  button.hidden = false;
  button.addEventListener("click", () => window.print());
}
