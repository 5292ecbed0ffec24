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

function showBlocked(isBlocked) {
  document.querySelector("#blocked").hidden = !isBlocked;
  document.querySelector("#ready").hidden = isBlocked;
}

function showCard() {
  const pin = form.elements.card.selectedOptions[0]?.dataset.pin;
  document.querySelector("#hint").textContent = pin === undefined ? "" : `${words.pinIs} ${pin}.`;
  showBlocked(false);
  say("");
}

async function sign() {
  const { card, pin } = form.elements;
  if (card.value === "") return say(words.empty);
  const typed = pin.value;
  pin.value = "";
  const told = await order("/card-reader/sign", { card: card.value, pin: typed, ...asked });
  if (told.verdict === "wrong") return say(`${words.wrong} ${told.triesLeft}`);
  if (told.verdict === "blocked") {
    showBlocked(true);
    return say(words.blocked);
  }
  if (told.verdict !== "signed") return say(words.failed);
  say(words.done);
  answer({ action: "card-reader:signed", token: told.token });
}

async function change(body, said) {
  await order(`/cards/${form.elements.card.value}`, body);
  showBlocked(false);
  say(said);
}

const acts = {
  sign,
  cancel: async () => answer({ action: "card-reader:cancelled" }),
  close: async () => answer({ action: "card-reader:blocked" }),
  unblock: () => change({ pin: "unblock" }, words.unblocked),
  reissue: () => change({ reissue: "P-256" }, words.reissued),
};

form.elements.card.addEventListener("change", showCard);
form.addEventListener("submit", (event) => {
  event.preventDefault();
  acts[event.submitter?.value ?? "sign"]().catch(() => say(words.failed));
});
showCard();
window.parent.postMessage({ action: "card-reader:ready" }, "*");
new ResizeObserver(() => {
  window.parent.postMessage({ action: "card-reader:height", height: document.documentElement.offsetHeight }, "*");
}).observe(document.documentElement);
