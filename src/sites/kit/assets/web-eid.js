// Speaks with the Web eID extension, as its own library does: a message to our window, and its answers. It does nothing else,
// and what it hears is judged on the server.
const version = "2.0.2";
const patience = { extension: 2000, person: 300000 };

for (const form of document.querySelectorAll("form[data-web-eid]")) {
  const status = form.querySelector("[role=status]");
  const field = (name) => form.elements.namedItem(name);
  form.hidden = false;
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    status.textContent = form.dataset.waiting;
    ask(field("nonce").value, {
      found: (answer) => send("token", JSON.stringify(answer)),
      failed: (code) => send("failure", code),
      missing: () => (status.textContent = form.dataset.missing),
    });
  });
  const send = (name, value) => {
    field(name).value = value;
    form.submit();
  };
}

function ask(challengeNonce, { found, failed, missing }) {
  const action = "web-eid:authenticate";
  let timer = setTimeout(end, patience.extension, missing);
  function end(tell, ...what) {
    clearTimeout(timer);
    window.removeEventListener("message", hear);
    tell(...what);
  }
  function hear({ source, data }) {
    if (source !== window || typeof data?.action !== "string") return;
    if (data.action === `${action}-ack`) {
      clearTimeout(timer);
      timer = setTimeout(end, patience.person, failed, "ERR_WEBEID_USER_TIMEOUT");
    } else if (data.action === `${action}-success`) {
      const { format, algorithm, unverifiedCertificate, signature, appVersion } = data;
      end(found, { format, algorithm, unverifiedCertificate, signature, appVersion });
    } else if (data.action === `${action}-failure`) {
      end(failed, String(data.error?.code ?? "ERR_WEBEID_UNKNOWN_ERROR"));
    }
  }
  window.addEventListener("message", hear);
  const options = { lang: document.documentElement.lang };
  window.postMessage({ action, libraryVersion: version, challengeNonce, options }, window.location.origin);
}
