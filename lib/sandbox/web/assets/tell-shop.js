/* Runs in the sandbox's pages inside the bridge's frame: tells the shop's page how it went. */
const button = document.querySelector("[data-tell]");
const origin = button?.dataset.origin ?? document.querySelector("[name=origin]")?.value;
if (origin && window.parent !== window) {
  const say = (word, also) => window.parent.postMessage({ sandbox: word, ...also }, origin);
  // Keys pressed in a frame never reach the dialog around it.
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") say("leave");
  });
  // Nothing looks as if it could be pressed before it is heard.
  for (const pressed of document.querySelectorAll("[data-tell], [data-address]")) pressed.disabled = false;
  for (const choice of document.querySelectorAll("[data-address]"))
    choice.addEventListener("click", () => say("chosen", { address: JSON.parse(choice.dataset.address) }));
  if (button) {
    const result = button.dataset.tell;
    if (result === "ok") say("paid");
    if (result === "cancel" && !("wait" in button.dataset)) say("cancel"); // The payer has decided; nothing more to click.
    button.addEventListener("click", () => say(result));
    if (!("wait" in button.dataset)) button.focus();
  }
}
