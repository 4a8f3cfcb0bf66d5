/** A stranger with a cookie jar, in front of any of the shop's apps. Every call answers its status and body. */
export type Answer = { status: number; body: Record<string, unknown> & { code?: string } };

export type BuyersOrder = { orderNo: string; cookie: string };

/** Orders one piece as a new guest and keeps the cookie that says whose it is. */
export async function orderAsGuest(url: string, sku: string): Promise<Answer & Partial<BuyersOrder>> {
  const response = await fetch(`${url}/api/orders`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ items: [{ sku, quantity: 1 }] }),
  });
  const cookie = response.headers.get("set-cookie")?.split(";")[0];
  const body = await response.json();
  return { status: response.status, body, orderNo: body.orderNo, cookie };
}

/** As above, for whoever needs the order and not the answer. */
export async function requireOrder(url: string, sku: string): Promise<BuyersOrder> {
  const { status, body, orderNo, cookie } = await orderAsGuest(url, sku);
  if (status !== 201 || !orderNo || !cookie) throw new Error(`no order: ${status} ${JSON.stringify(body)}`);
  return { orderNo, cookie };
}

export function pressPay(url: string, order: BuyersOrder, tradeType = "NATIVE"): Promise<Answer> {
  return ask(`${url}/api/pay`, order, { orderNo: order.orderNo, tradeType });
}

export function cancel(url: string, order: BuyersOrder): Promise<Answer> {
  return ask(`${url}/api/orders/${order.orderNo}/cancel`, order, {});
}

export function look(url: string, order: BuyersOrder): Promise<Answer> {
  return ask(`${url}/api/orders/${order.orderNo}`, order);
}

async function ask(url: string, { cookie }: BuyersOrder, body?: unknown): Promise<Answer> {
  const response = await fetch(url, {
    method: body === undefined ? "GET" : "POST",
    headers: { cookie, ...(body !== undefined && { "content-type": "application/json" }) },
    body: body === undefined ? undefined : JSON.stringify(body),
  });
  return { status: response.status, body: await response.json() };
}

/** What WeChat reads of our answer: the HTTP status and the exact body. */
export async function notify(
  url: string,
  message: string,
  signal?: AbortSignal,
): Promise<{ status: number; body: string }> {
  const response = await fetch(`${url}/api/notify`, {
    signal,
    method: "POST",
    headers: { "content-type": "text/xml" },
    body: message,
  });
  return { status: response.status, body: await response.text() };
}
