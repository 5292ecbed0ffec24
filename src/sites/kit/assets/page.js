// Everything works without this file. It only lets a PIN be looked at while it is typed.
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
