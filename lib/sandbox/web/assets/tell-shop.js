/* Runs in the cashier's pages inside the bridge's frame: tells the shop's page how it went. */
const button = document.querySelector("[data-tell]");
if (button && window.parent !== window) {
  const { tell, origin } = button.dataset;
  const say = (word) => window.parent.postMessage({ sandbox: word }, origin);
  if (tell === "ok") say("paid");
  if (tell === "cancel") say("cancel"); // The payer has decided; nothing more to click.
  button.addEventListener("click", () => say(tell));
  button.focus();
}
