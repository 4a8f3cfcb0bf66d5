/*
 * WeixinJSBridge for an ordinary browser, in sandbox mode only. A shop's page loads it from the sandbox with
 * its nonce and calls it as it would inside WeChat. It checks the parameters at the sandbox, shows the cashier
 * in a frame, and calls back with get_brand_wcpay_request:ok, :cancel or :fail. No eval, no inline style
 * elements; the page's policy needs the sandbox's origin in connect-src and frame-src.
 */
(() => {
  if (window.WeixinJSBridge) return;
  const sandbox = new URL(document.currentScript.src).origin;
  const english = document.documentElement.lang.toLowerCase().startsWith("en");
  let open = false;

  window.WeixinJSBridge = {
    invoke(name, parameters, callback) {
      if (name === "getBrandWCPayRequest") requestPayment(parameters, callback ?? (() => {}));
      else
        callback?.({ err_msg: `${name}:fail`, err_desc: "the sandbox's bridge knows getBrandWCPayRequest" });
    },
    call() {},
    on() {},
  };
  // Not before the page's own scripts had a chance to listen.
  const ready = () => document.dispatchEvent(new Event("WeixinJSBridgeReady"));
  if (document.readyState === "loading")
    document.addEventListener("DOMContentLoaded", () => setTimeout(ready));
  else setTimeout(ready);

  async function requestPayment(parameters, callback) {
    const answer = (word, description) =>
      callback({ err_msg: `get_brand_wcpay_request:${word}`, ...(description && { err_desc: description }) });
    if (open) return answer("fail", "a payment is open already");
    open = true;
    try {
      const response = await fetch(`${sandbox}/bridge/check`, {
        method: "POST",
        body: JSON.stringify(parameters),
        credentials: "omit",
      });
      const result = await response.json();
      if (result.refusal) return answer("fail", result.refusal);
      const page = new URL(result.cashierUrl);
      page.searchParams.set("lang", english ? "en" : "zh");
      answer(await showFrame(page.href));
    } catch (error) {
      answer("fail", `the sandbox cannot be reached: ${error.message}`);
    } finally {
      open = false;
    }
  }

  /** Shows the cashier over the page until the payer is done. Answers ok, cancel or fail. */
  function showFrame(address) {
    const dialog = document.createElement("dialog");
    dialog.setAttribute("aria-label", english ? "WeChat Pay sandbox" : "微信支付沙箱");
    dress(dialog, {
      width: "100%",
      maxWidth: "480px",
      height: "min(640px, 92%)",
      maxHeight: "none",
      margin: "auto auto 0",
      padding: "0",
      border: "0",
      borderRadius: "16px 16px 0 0",
      overflow: "hidden",
      boxShadow: "0 -8px 40px rgb(0 0 0 / 0.25)",
    });
    const frame = document.createElement("iframe");
    frame.title = english ? "WeChat Pay sandbox cashier" : "微信支付沙箱收银台";
    frame.src = address;
    dress(frame, { width: "100%", height: "100%", border: "0", display: "block" });
    dialog.append(frame);

    return new Promise((resolve) => {
      let paid = false;
      const finish = (result) => {
        window.removeEventListener("message", listen);
        dialog.close();
        dialog.remove();
        resolve(result);
      };
      const leave = () => finish(paid ? "ok" : "cancel"); // Escape after the tick closes a finished payment.
      const listen = (event) => {
        if (event.source !== frame.contentWindow || event.origin !== sandbox) return;
        if (event.data?.sandbox === "paid") paid = true;
        else if (event.data?.sandbox === "leave") leave();
        else if (["ok", "cancel", "fail"].includes(event.data?.sandbox)) finish(event.data.sandbox);
      };
      window.addEventListener("message", listen);
      dialog.addEventListener("cancel", (event) => {
        event.preventDefault();
        leave();
      });
      document.body.append(dialog);
      dialog.showModal();
    });
  }

  /** Through the style object, which a Content-Security-Policy lets pass; inline style text it may not. */
  function dress(element, styles) {
    Object.assign(element.style, styles);
  }
})();
