// Everything works without this file. It lets a PIN be looked at while it is typed, and a form be sent once by a double click.
for (const button of document.querySelectorAll("button[data-show]")) {
  const field = document.getElementById(button.getAttribute("aria-controls"));
  if (!field) continue;
  button.hidden = false;
  const set = (shown) => {
    field.type = shown ? "text" : "password";
    button.textContent = shown ? button.dataset.hide : button.dataset.show;
    button.setAttribute("aria-label", `${button.textContent}: ${button.dataset.label}`);
  };
  set(false);
  button.addEventListener("click", () => set(field.type === "password"));
  // Sent as a password, so that no browser remembers it as a word once typed.
  field.form?.addEventListener("submit", () => set(false));
}

// An answer on its way to a portal need not wait for a hand.
const posted = document.querySelector("form[data-posted]");
// A field may be called "submit", and would be found in the place of the form's own.
if (posted) HTMLFormElement.prototype.submit.call(posted);

// The browser throws the answer to the first click away when a second comes before it: a code would be spent, and nobody told.
let sentAt = -Infinity;
document.addEventListener("submit", (event) => {
  if (event.timeStamp - sentAt < 1000) event.preventDefault();
  else sentAt = event.timeStamp;
});
