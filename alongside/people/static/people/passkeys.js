// Passkeys: asks the device, puts its answer into the form, sends the form. Pages say what to do where this can't run.
// The options come from the page itself (a JSON block, which is data and not script) or, at sign-in, from the server.
const toBytes = (text) => Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), (c) => c.charCodeAt(0));
const toText = (bytes) => btoa(String.fromCharCode(...new Uint8Array(bytes)))
  .replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
const withBytes = (list) => (list || []).map((one) => ({ ...one, id: toBytes(one.id) }));

async function create(options, alone) {
  const publicKey = { ...options.publicKey };
  publicKey.challenge = toBytes(publicKey.challenge);
  publicKey.user = { ...publicKey.user, id: toBytes(publicKey.user.id) };
  publicKey.excludeCredentials = withBytes(publicKey.excludeCredentials);
  publicKey.authenticatorSelection = {
    ...publicKey.authenticatorSelection,
    residentKey: alone ? "required" : "discouraged",
    requireResidentKey: alone,
    ...(alone ? { userVerification: "required" } : {}),
  };
  const made = await navigator.credentials.create({ publicKey });
  return answer(made, {
    attestationObject: toText(made.response.attestationObject),
    transports: made.response.getTransports ? made.response.getTransports() : [],
  });
}

async function get(options) {
  const publicKey = { ...options.publicKey };
  publicKey.challenge = toBytes(publicKey.challenge);
  publicKey.allowCredentials = withBytes(publicKey.allowCredentials);
  const shown = await navigator.credentials.get({ publicKey });
  return answer(shown, {
    authenticatorData: toText(shown.response.authenticatorData),
    signature: toText(shown.response.signature),
    userHandle: shown.response.userHandle ? toText(shown.response.userHandle) : null,
  });
}

function answer(credential, more) {
  return {
    id: credential.id, rawId: toText(credential.rawId), type: credential.type,
    authenticatorAttachment: credential.authenticatorAttachment,
    clientExtensionResults: credential.getClientExtensionResults(),
    response: { clientDataJSON: toText(credential.response.clientDataJSON), ...more },
  };
}

async function optionsOf(form) {
  if (!form.dataset.options) return JSON.parse(document.getElementById("js_data").textContent);
  const response = await fetch(form.dataset.options, { headers: { Accept: "application/json" } });
  return response.json();
}

async function ask(form) {
  const options = await optionsOf(form);
  const alone = form.elements.passwordless ? form.elements.passwordless.checked : true;
  const found = form.dataset.passkey === "create"
    ? await create(options.creation_options, alone) : await get(options.request_options);
  form.elements.credential.value = JSON.stringify(found);
  form.submit();
}

for (const form of document.querySelectorAll("form[data-passkey]")) {
  const problem = form.querySelector("[data-problem]");
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    problem.hidden = true;
    ask(form).catch(() => {
      problem.hidden = false;
      delete form.dataset.sent;
    });
  });
  if (window.PublicKeyCredential) form.hidden = false;
}
