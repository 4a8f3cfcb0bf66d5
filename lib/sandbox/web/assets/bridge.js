/*
 * WeixinJSBridge for an ordinary browser, in sandbox mode only. A shop's page loads it from the sandbox with
 * its nonce and calls it as it would inside WeChat: getBrandWCPayRequest, and what the JS-SDK calls (preVerifyJSAPI,
 * updateAppMessageShareData, updateTimelineShareData, editAddress). What WeChat's app checks, the sandbox checks; what
 * it shows over the page comes in a frame. No eval, no inline style elements; the page's policy needs the sandbox's
 * origin in connect-src and frame-src.
 */
(() => {
  if (window.WeixinJSBridge) return;
  const sandbox = new URL(document.currentScript.src).origin;
  const english = document.documentElement.lang.toLowerCase().startsWith("en");
  const granted = { url: "", apis: [] };
  let open = false;

  const calls = {
    getBrandWCPayRequest: (parameters) => once("get_brand_wcpay_request", () => requestPayment(parameters)),
    preVerifyJSAPI: verifyPage,
    updateAppMessageShareData: (parameters, name) => permitted(name, () => share("friend", parameters)),
    updateTimelineShareData: (parameters, name) => permitted(name, () => share("moments", parameters)),
    editAddress: (_, name) => permitted(name, () => once("edit_address", chooseAddress)),
  };

  window.WeixinJSBridge = {
    /** Answers as WeChat's app does, `err_msg` first: "name:ok", "name:cancel", "name:fail…". */
    async invoke(name, parameters, callback) {
      const call = calls[name];
      const answer = call ? await call(parameters ?? {}, name) : { err_msg: "system:function_not_exist" };
      callback?.(answer);
    },
    call() {},
    on() {},
  };
  // Not before the page's own scripts had a chance to listen.
  const ready = () => document.dispatchEvent(new Event("WeixinJSBridgeReady"));
  if (document.readyState === "loading")
    document.addEventListener("DOMContentLoaded", () => setTimeout(ready));
  else setTimeout(ready);

  /** One sheet at a time. */
  async function once(name, work) {
    if (open) return { err_msg: `${name}:fail`, err_desc: "something is open already" };
    open = true;
    try {
      const { word, ...more } = await work();
      return { err_msg: `${name}:${word}`, ...more };
    } catch (error) {
      return { err_msg: `${name}:fail`, err_desc: `the sandbox cannot be reached: ${error.message}` };
    } finally {
      open = false;
    }
  }

  async function ask(path, body) {
    const text = JSON.stringify(body);
    const response = await fetch(`${sandbox}${path}`, { method: "POST", body: text, credentials: "omit" });
    return await response.json();
  }

  async function requestPayment(parameters) {
    const result = await ask("/bridge/check", parameters);
    if (result.refusal) return { word: "fail", err_desc: result.refusal };
    return showFrame(result.cashierUrl, english ? "WeChat Pay sandbox cashier" : "微信支付沙箱收银台");
  }

  /** An iPhone sees the address that the page was first opened with, whatever a script has made of it since. */
  function pageUrl() {
    const [opened] = performance.getEntriesByType("navigation");
    const url = /iPhone|iPad/.test(navigator.userAgent) && opened ? opened.name : location.href;
    return url.split("#")[0];
  }

  async function verifyPage(parameters) {
    try {
      const url = pageUrl();
      const { refusal } = await ask("/bridge/verify", { ...parameters, url });
      if (refusal) return { err_msg: `preVerifyJSAPI:fail_${refusal}` };
      Object.assign(granted, { url, apis: parameters.verifyJsApiList ?? [] });
      return { err_msg: "preVerifyJSAPI:ok" };
    } catch {
      return { err_msg: "preVerifyJSAPI:fail" };
    }
  }

  async function permitted(name, work) {
    if (granted.url !== pageUrl() || !granted.apis.includes(name)) return { err_msg: "system:access_denied" };
    return work();
  }

  async function share(kind, { title, desc, link, imgUrl }) {
    const name = kind === "friend" ? "updateAppMessageShareData" : "updateTimelineShareData";
    const { refusal } = await ask("/bridge/card", { kind, page: location.href, title, desc, link, imgUrl });
    return { err_msg: refusal ? `${name}:fail_${refusal}` : `${name}:ok` };
  }

  async function chooseAddress() {
    const page = `${sandbox}/addresses?origin=${encodeURIComponent(location.origin)}`;
    const { word, address } = await showFrame(
      page,
      english ? "WeChat addresses (sandbox)" : "微信地址（沙箱）",
    );
    return { word, ...address };
  }

  /** Shows a page of the sandbox's over this one until the person is done. */
  function showFrame(address, title) {
    const page = new URL(address);
    page.searchParams.set("lang", english ? "en" : "zh");
    const dialog = document.createElement("dialog");
    dialog.setAttribute("aria-label", title);
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
    frame.title = title;
    frame.src = page.href;
    dress(frame, { width: "100%", height: "100%", border: "0", display: "block" });
    dialog.append(frame);

    return new Promise((resolve) => {
      let paid = false;
      const finish = (word, also) => {
        window.removeEventListener("message", listen);
        dialog.close();
        dialog.remove();
        resolve({ word, ...also });
      };
      const leave = () => finish(paid ? "ok" : "cancel"); // Escape after the tick closes a finished payment.
      const listen = (event) => {
        if (event.source !== frame.contentWindow || event.origin !== sandbox) return;
        const { sandbox: word, address } = event.data ?? {};
        if (word === "paid") paid = true;
        else if (word === "leave") leave();
        else if (word === "chosen") finish("ok", { address });
        else if (["ok", "cancel", "fail"].includes(word)) finish(word);
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
