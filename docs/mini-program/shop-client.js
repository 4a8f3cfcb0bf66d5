/**
 * The shop's JSON API over `wx`. Every call answers what the API answers, or throws a ShopError whose `message` may be
 * shown to the buyer. All of them may be repeated: what WeChat's network lost is asked again here, up to three times.
 * Amounts are integers of fen, times RFC 3339.
 */

const timeoutMs = 20000; // Making an order payable waits for WeChat: up to 15 s at the shop.
const longestWaitMs = 5000; // Told to wait longer, the buyer is told.
const dayMs = 24 * 60 * 60 * 1000; // So long the shop knows an Idempotency-Key.
const places = { token: "shop.token", sent: "shop.sent" };

export class ShopError extends Error {
  /** `status` 0: no answer came. `problem` is the API's problem document, with what it says besides `code` and `title`. */
  constructor(status, problem, retryAfterS) {
    super(problem.title || "网络不给力，请稍后再试。");
    this.name = "ShopError";
    this.status = status;
    this.code = problem.code || "no_answer";
    this.problem = problem;
    this.retryAfterS = retryAfterS || null;
  }

  /** Whether what was asked for may have been done all the same. */
  get isUnknown() {
    return this.status === 0 || this.status >= 500;
  }

  /** Besides, what the shop says before it looks at the key: too many calls, or nobody it knows. An earlier try may have been it. */
  get mayBeDone() {
    return this.isUnknown || this.status === 429 || this.status === 401 || this.code === "sign_in_refused";
  }
}

/** `url`: the shop's address, without a slash at its end. `waitsMs`: the pauses before a lost call is made again. */
export function createShopClient({ url, waitsMs = [500, 1500, 4000], pollMs = 1000 }) {
  let signingIn = null;

  return {
    // ── What is sold: nobody needs to be known ──
    listProducts: (query = {}) => open("GET", `/api/products${search(query)}`),
    findProduct: (slug) => open("GET", `/api/products/${encodeURIComponent(slug)}`),
    /** What these `{sku, quantity}` would cost now, freight included, and what cannot be had. Nothing is held. */
    quote: (items) => open("POST", "/api/orders/quote", { items }),

    // ── Ordering ──
    placeOrder: (request) => once("/api/orders", request),
    listOrders: (query = {}) => call("GET", `/api/orders${search(query)}`),
    findOrder: (orderNo) => call("GET", orderPath(orderNo)),
    cancelOrder: (orderNo) => call("POST", `${orderPath(orderNo)}/cancel`),
    remindShop: (orderNo) => call("POST", `${orderPath(orderNo)}/remind`),
    confirmReceipt: (orderNo) => call("POST", `${orderPath(orderNo)}/receive`),

    // ── Paying ──
    pay,
    waitForResult,

    // ── Money back ──
    requestRefund: (request) => once("/api/refund", request),
    withdrawRefund: (refundNo) => call("POST", `/api/refund/${encodeURIComponent(refundNo)}/withdraw`),
  };

  /**
   * Makes an order payable and shows WeChat's sheet. Answers "done", "cancelled" or "failed": what the sheet said, and
   * none of them a proof. Ask `waitForResult` after each. An order that is paid already throws `already_paid`.
   */
  async function pay(orderNo) {
    const { payment } = await call("POST", "/api/pay", { orderNo, tradeType: "JSAPI" });
    return new Promise((resolve) => {
      wx.requestPayment({
        timeStamp: payment.timeStamp, // Text. All five as they came: they are what is signed.
        nonceStr: payment.nonceStr,
        package: payment.package,
        signType: payment.signType,
        paySign: payment.paySign,
        success: () => resolve("done"),
        fail: ({ errMsg }) => resolve(/cancel/.test(errMsg) ? "cancelled" : "failed"),
      });
    });
  }

  /**
   * Asks the shop until it knows how the order ended, for `forMs` at most; WeChat tells the shop within seconds, as a
   * rule. Answers the order as it is then: `status` may still be "pending", and the money may still come.
   */
  async function waitForResult(orderNo, { forMs = 30000 } = {}) {
    const end = Date.now() + forMs;
    for (let pauseMs = pollMs; ; pauseMs = Math.min(pauseMs * 1.5, 5 * pollMs)) {
      const order = await call("GET", orderPath(orderNo));
      if (!isOpen(order) || Date.now() + pauseMs > end) return order;
      await pause(pauseMs);
    }
  }

  /**
   * Asks for something that must happen once. The key is kept until an answer says for certain what became of it: a
   * press after a lost answer, even after the mini program was closed, is the same order.
   */
  async function once(path, request) {
    const body = JSON.stringify(request);
    try {
      const answer = await call("POST", path, request, keptKey(path, body));
      forgetKey(path, body);
      return answer;
    } catch (error) {
      if (!error.mayBeDone) forgetKey(path, body);
      throw error;
    }
  }

  /** A call without a name, for what anybody may ask. */
  function open(method, path, body) {
    return again(() => send(method, path, { body }));
  }

  /** A call in the buyer's name. A token that has run out is replaced, once. */
  async function call(method, path, body, key) {
    return again(async () => {
      const token = await currentToken();
      try {
        return await send(method, path, { body, key, token });
      } catch (error) {
        if (error.status !== 401) throw error;
        forgetToken(token);
        return send(method, path, { body, key, token: await currentToken() });
      }
    });
  }

  /** Lost, or the shop says that it could not just now: the same once more. Every call here may be repeated. */
  async function again(attempt) {
    for (const waitMs of waitsMs) {
      try {
        return await attempt();
      } catch (error) {
        const pauseMs = pauseBefore(error, waitMs);
        if (pauseMs === null) throw error;
        await pause(pauseMs);
      }
    }
    return attempt();
  }

  // ── Who is calling ──

  async function currentToken() {
    const kept = wx.getStorageSync(places.token);
    if (kept && Date.parse(kept.expiresAt) > Date.now()) return kept.token;
    signingIn = signingIn || signIn();
    try {
      return await signingIn; // Pages that start together sign in together.
    } finally {
      signingIn = null;
    }
  }

  async function signIn() {
    const answer = await send("POST", "/api/auth/mini-program", { body: { code: await login() } });
    wx.setStorageSync(places.token, answer);
    return answer.token;
  }

  /** Another page may have signed in meanwhile: that token stays. */
  function forgetToken(token) {
    const kept = wx.getStorageSync(places.token);
    if (kept && kept.token === token) wx.removeStorageSync(places.token);
  }

  // ── The wire ──

  function send(method, path, { body, key, token }) {
    const header = { "accept-language": "zh-CN", "content-type": "application/json" };
    if (token) header.authorization = `Bearer ${token}`;
    if (key) header["idempotency-key"] = key;
    return new Promise((resolve, reject) => {
      wx.request({
        url: url + path,
        method,
        header,
        data: body === undefined ? undefined : JSON.stringify(body),
        timeout: timeoutMs,
        success: (answer) => {
          const { statusCode, data } = answer;
          const isJson = data !== null && typeof data === "object";
          if (statusCode >= 200 && statusCode < 300 && isJson) return resolve(data);
          reject(new ShopError(statusCode, isJson ? data : {}, retryAfterOf(answer.header)));
        },
        fail: () => reject(new ShopError(0, {})),
      });
    });
  }
}

/** Whether the order may still be paid, or its money still be on its way. */
export function isOpen(order) {
  return order.status === "pending" || order.status === "closing";
}

/**
 * A quote's orders as `placeOrder` takes them, each with the total that the buyer was shown. Goods that are sent and
 * goods that are handed over online cannot share one. What cannot be had is left out: show it first.
 */
export function requestsFor(quote, { recipient, note } = {}) {
  const itemsOf = (lines) =>
    lines.filter(({ trouble }) => trouble === null).map(({ sku, quantity }) => ({ sku, quantity }));
  return quote.orders
    .map(({ kind, lines, totalFen }) => ({
      items: itemsOf(lines),
      recipient: kind === "physical" ? recipient : undefined,
      note,
      expectedTotalFen: totalFen,
    }))
    .filter(({ items }) => items.length > 0);
}

/** How long to wait before the same call again; null when that would not help. */
function pauseBefore(error, waitMs) {
  if (error.code === "wechat_refused") return null; // WeChat will say no again; the shop's staff have been told.
  if (error.status === 429) {
    const toldMs = (error.retryAfterS || 1) * 1000;
    return toldMs <= longestWaitMs ? toldMs : null;
  }
  return error.isUnknown ? waitMs : null;
}

function login() {
  return new Promise((resolve, reject) => {
    wx.login({
      success: ({ code }) => (code ? resolve(code) : reject(new ShopError(0, {}))),
      fail: () => reject(new ShopError(0, {})),
    });
  });
}

/** The names of headers come in any case, by the phone's make. */
function retryAfterOf(header) {
  const name = Object.keys(header || {}).find((one) => one.toLowerCase() === "retry-after");
  return name ? Number(header[name]) : null;
}

function keptKey(path, body) {
  const sent = readSent();
  const known = sent.find((one) => one.path === path && one.body === body);
  if (known) return known.key;
  // It need not be secret: it belongs to this buyer alone.
  const key = `${Date.now().toString(36)}-${Math.random().toString(36).slice(2)}`;
  wx.setStorageSync(places.sent, [...sent, { path, body, key, at: Date.now() }]);
  return key;
}

function forgetKey(path, body) {
  const others = readSent().filter((one) => one.path !== path || one.body !== body);
  wx.setStorageSync(places.sent, others);
}

function readSent() {
  return (wx.getStorageSync(places.sent) || []).filter((one) => one.at > Date.now() - dayMs);
}

function search(query) {
  const parts = Object.keys(query)
    .filter((name) => query[name])
    .map((name) => `${name}=${encodeURIComponent(query[name])}`);
  return parts.length ? `?${parts.join("&")}` : "";
}

function orderPath(orderNo) {
  return `/api/orders/${encodeURIComponent(orderNo)}`;
}

function pause(ms) {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
