/** The virtual reader: hears what the site that shows it asks, has the hub sign with the card and the PIN typed. */
const form = document.querySelector("form");
const say = (text) => (document.querySelector("[role=status]").textContent = text);
const words = JSON.parse(document.querySelector("#words").textContent);
let asked = null;

window.addEventListener("message", (event) => {
  if (window.parent === window || event.source !== window.parent || event.data?.action !== "card-reader:sign") return;
  // The origin is what the browser says, never what the site says of itself: the token is good there alone.
  asked = { origin: event.origin, challengeNonce: event.data.challengeNonce };
  document.querySelector("#asks").textContent = `${words.asks} ${asked.origin}`;
  form.elements.sign.disabled = false;
});

const answer = (message) => window.parent.postMessage(message, asked?.origin ?? "*");

async function order(path, body) {
  const headers = { "content-type": "application/json" };
  const response = await fetch(path, { method: "POST", headers, body: JSON.stringify(body) });
  return { status: response.status, ...(await response.json()) };
}

async function sign() {
  const { card, pin } = form.elements;
  if (card.value === "") return say(words.empty);
  const typed = pin.value;
  pin.value = "";
  const told = await order("/card-reader/sign", { card: card.value, pin: typed, ...asked });
  if (told.verdict === "wrong") return say(`${words.wrong} ${told.triesLeft}`);
  if (told.verdict === "blocked") {
    document.querySelector("#blocked").hidden = false;
    return say(words.blocked);
  }
  if (told.verdict !== "signed") return say(words.failed);
  say(words.done);
  answer({ action: "card-reader:signed", token: told.token });
}

const acts = {
  sign,
  async cancel() {
    const isBlocked = !document.querySelector("#blocked").hidden;
    answer({ action: isBlocked ? "card-reader:blocked" : "card-reader:cancelled" });
  },
  async unblock() {
    await order(`/cards/${form.elements.card.value}`, { pin: "unblock" });
    document.querySelector("#blocked").hidden = true;
    say(words.unblocked);
  },
  async reissue() {
    await order(`/cards/${form.elements.card.value}`, { reissue: "P-256" });
    document.querySelector("#blocked").hidden = true;
    say(words.reissued);
  },
};

form.addEventListener("submit", (event) => {
  event.preventDefault();
  acts[event.submitter?.value ?? "sign"]().catch(() => say(words.failed));
});
window.parent.postMessage({ action: "card-reader:ready" }, "*");
