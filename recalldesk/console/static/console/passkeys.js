// Has the device make a passkey, or sign with one, and sends what it says with the form around it.
// <form data-passkey="create|get"> holds [name=credential], a button [data-ask], and a line
// [data-problem]. What to ask the device for stands in data-options, or comes from data-options-from.
"use strict";
(() => {
  const bytes = (text) =>
    Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), (c) => c.charCodeAt(0));
  const text = (buffer) =>
    btoa(String.fromCharCode(...new Uint8Array(buffer)))
      .replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
  const known = (list) => (list || []).map((each) => ({ ...each, id: bytes(each.id) }));

  const optionsOf = async (form) => {
    if (form.dataset.options) return JSON.parse(form.dataset.options).publicKey;
    const answer = await fetch(form.dataset.optionsFrom, { headers: { Accept: "application/json" } });
    if (!answer.ok) throw new Error("no options");
    return (await answer.json()).request_options.publicKey;
  };

  const made = async (options) => {
    const credential = await navigator.credentials.create({
      publicKey: {
        ...options,
        challenge: bytes(options.challenge),
        user: { ...options.user, id: bytes(options.user.id) },
        excludeCredentials: known(options.excludeCredentials),
      },
    });
    return described(credential, {
      attestationObject: text(credential.response.attestationObject),
      transports: credential.response.getTransports ? credential.response.getTransports() : [],
    });
  };

  const signed = async (options) => {
    const credential = await navigator.credentials.get({
      publicKey: {
        ...options,
        challenge: bytes(options.challenge),
        allowCredentials: known(options.allowCredentials),
      },
    });
    const { authenticatorData, signature, userHandle } = credential.response;
    return described(credential, {
      authenticatorData: text(authenticatorData),
      signature: text(signature),
      userHandle: userHandle ? text(userHandle) : null,
    });
  };

  const described = (credential, response) => ({
    type: credential.type,
    id: credential.id,
    rawId: text(credential.rawId),
    authenticatorAttachment: credential.authenticatorAttachment || null,
    clientExtensionResults: credential.getClientExtensionResults(),
    response: { clientDataJSON: text(credential.response.clientDataJSON), ...response },
  });

  for (const form of document.querySelectorAll("form[data-passkey]")) {
    if (!window.PublicKeyCredential) continue;
    form.hidden = false;
    const button = form.querySelector("[data-ask]");
    const problem = form.querySelector("[data-problem]");
    const ask = async () => {
      problem.hidden = true;
      button.setAttribute("aria-disabled", "true");
      try {
        const options = await optionsOf(form);
        const answer = await (form.dataset.passkey === "create" ? made(options) : signed(options));
        form.elements.credential.value = JSON.stringify(answer);
        form.submit();
      } catch (_) {
        problem.hidden = false;
      }
      button.removeAttribute("aria-disabled");
    };
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      if (button.getAttribute("aria-disabled") !== "true") ask();
    });
  }
})();
