/* Runs in the cashier's pages inside the bridge's frame: tells the shop's page how it went. */
const button = document.querySelector("[data-tell]");
const origin = button?.dataset.origin ?? document.querySelector("[name=origin]")?.value;
if (origin && window.parent !== window) {
  const say = (word) => window.parent.postMessage({ sandbox: word }, origin);
  // Keys pressed in a frame never reach the dialog around it.
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") say("leave");
  });
  if (button) {
    const result = button.dataset.tell;
    if (result === "ok") say("paid");
    if (result === "cancel") say("cancel"); // The payer has decided; nothing more to click.
    button.addEventListener("click", () => say(result));
    button.focus();
  }
}
