/**
 * What the browser extension does on a page, done by the sandbox: hears the page's `web-eid:` messages, acknowledges
 * them, has the virtual reader answer. A page of the product includes it in the sandbox alone. The reader is a frame in a
 * dialog and no window of its own: the product's Cross-Origin-Opener-Policy cuts every tie to those.
 */
(() => {
  const hub = new URL(document.currentScript.src).origin;
  const VERSION = "2.5.0";
  let pending = null;

  const tell = (message) => window.postMessage(message, window.location.origin);
  const fail = (code, message) => tell({ action: "web-eid:authenticate-failure", error: { name: code, code, message } });

  function finish(answer) {
    if (pending === null) return;
    pending.dialog.remove();
    pending = null;
    answer();
  }

  function openReader({ challengeNonce, options }) {
    if (pending !== null) return fail("ERR_WEBEID_ACTION_PENDING", "another request is not answered yet");
    if (typeof challengeNonce !== "string") return fail("ERR_WEBEID_MISSING_PARAMETER", "challengeNonce is missing");
    const dialog = document.createElement("dialog");
    const frame = document.createElement("iframe");
    frame.src = `${hub}/card-reader?framed=yes&lang=${options?.lang === "en" ? "en" : "pt"}`;
    frame.title = "SANDBOX";
    Object.assign(dialog.style, {
      padding: "0",
      border: "1px solid",
      borderRadius: "0.5rem",
      maxWidth: "none",
      overflow: "hidden",
    });
    Object.assign(frame.style, { display: "block", width: "min(30rem, calc(100vw - 1.5rem))", height: "85vh", border: "0" });
    dialog.addEventListener("cancel", () => finish(cancelled));
    dialog.append(frame);
    document.body.append(dialog);
    pending = { dialog, frame, challengeNonce };
    dialog.showModal();
  }

  const cancelled = () => fail("ERR_WEBEID_USER_CANCELLED", "the person cancelled");

  const answers = {
    "web-eid:status"({ libraryVersion }) {
      tell({ action: "web-eid:status-ack" });
      tell({ action: "web-eid:status-success", library: libraryVersion, extension: VERSION, nativeApp: VERSION });
    },
    "web-eid:authenticate"(message) {
      tell({ action: "web-eid:authenticate-ack" });
      openReader(message);
    },
  };

  function hearReader({ data, source }) {
    if (data?.action === "card-reader:height") pending.frame.style.height = `min(${Number(data.height)}px, 95vh)`;
    else if (data?.action === "card-reader:ready")
      source.postMessage({ action: "card-reader:sign", challengeNonce: pending.challengeNonce }, hub);
    else if (data?.action === "card-reader:signed")
      finish(() => tell({ ...data.token, action: "web-eid:authenticate-success" }));
    else if (data?.action === "card-reader:blocked") finish(() => fail("ERR_WEBEID_PIN_BLOCKED", "the card's PIN is blocked"));
    else if (data?.action === "card-reader:cancelled") finish(cancelled);
  }

  const HINT = {
    pt: "Nesta demonstração não precisa da extensão: abre-se um leitor virtual, com cartões inventados.",
    en: "In this demonstration you need no extension: a virtual reader opens, with made-up cards.",
  };
  for (const form of document.querySelectorAll("form[data-web-eid]")) {
    const hint = document.createElement("p");
    hint.textContent = HINT[document.documentElement.lang] ?? HINT.pt;
    form.prepend(hint);
    // Here it is this way that everybody can go: the other needs a card in the browser's own store.
    form.querySelector("button").className = "button";
    for (const other of document.querySelectorAll("a.button[href*='question=']")) other.className = "button-quiet";
  }

  window.addEventListener("message", (event) => {
    if (event.source === window) answers[event.data?.action]?.(event.data);
    else if (pending !== null && event.origin === hub && event.source === pending.frame.contentWindow) hearReader(event);
  });
})();
